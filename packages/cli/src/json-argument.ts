import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { JsonObject, JsonValue } from '@patchbay/definition';
import { CommandError, type Terminal } from './terminal.ts';

/** Reads a JSON argument: the text itself, `@file`, or `@-` for standard input. */
export async function readJsonArgument(terminal: Terminal, option: string, argument: string): Promise<JsonValue> {
  const text = argument.startsWith('@') ? await readArgumentFile(terminal, option, argument.slice(1)) : argument;
  try {
    return JSON.parse(text) as JsonValue;
  } catch (error) {
    const hint = argument.startsWith('@') ? '' : ' To read a file, write @ before its name.';
    throw new CommandError(2, `${option} is not JSON: ${messageOf(error)}.${hint}`, { cause: error });
  }
}

/** As {@link readJsonArgument}, for arguments that must be an object; absent reads as `{}`. */
export async function readObjectArgument(
  terminal: Terminal,
  option: string,
  argument: string | undefined,
): Promise<JsonObject> {
  if (argument === undefined) return {};
  const value = await readJsonArgument(terminal, option, argument);
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as JsonObject;
  throw new CommandError(2, `${option} must be a JSON object, such as {"name": "value"}.`);
}

async function readArgumentFile(terminal: Terminal, option: string, name: string): Promise<string> {
  if (name === '-') return terminal.readStdin();
  try {
    const text = await readFile(resolve(terminal.workingFolder, name), 'utf8');
    return text.startsWith('\uFEFF') ? text.slice(1) : text;
  } catch (error) {
    throw new CommandError(2, `${option}: cannot read ${name}: ${messageOf(error)}`, { cause: error });
  }
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
