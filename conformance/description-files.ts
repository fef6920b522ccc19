import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ConnectorFiles, referredFiles } from '@patchbay/definition';

/** Whether a file is an OpenAPI 3.x document itself: a root says its version; the files that it refers to do not. */
export function isOpenapiRoot(file: string): boolean {
  if (!/\.(json|ya?ml)$/i.test(file)) return false;
  return /^[\s{]*["']?openapi["']?\s*:/m.test(readFileSync(file, 'utf8'));
}

/** A document with every file that it refers to, directly or not. Addresses are not fetched. */
export function readDescriptionFiles(folder: string, name: string): ConnectorFiles {
  const definition = { name, content: readFileSync(join(folder, name)) };
  const others = new Map<string, { readonly name: string; readonly content: Buffer }>();
  const pending = [...referredFiles(definition)];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const path = join(folder, next);
    if (others.has(next) || next === name || /^[a-z]+:/i.test(next) || !existsSync(path)) continue;
    const file = { name: next, content: readFileSync(path) };
    others.set(next, file);
    pending.push(...referredFiles(file));
  }
  return { definition, others: [...others.values()] };
}
