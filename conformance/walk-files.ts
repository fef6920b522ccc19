import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Every file at or below a path, in name order. */
export function walkFiles(path: string): readonly string[] {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path)
    .sort()
    .flatMap((name) => walkFiles(join(path, name)));
}
