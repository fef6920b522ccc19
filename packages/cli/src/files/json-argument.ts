import { type JsonObject, type JsonValue, readJsonFile } from '@patchbay/definition';
import { parseJson, type Value } from '@patchbay/expression';
import { CommandError, type Terminal } from '../terminal.ts';
import { readNamedFile } from './read-named-file.ts';

/** What files may have that is not wrong in JSON itself. */
const tolerated = new Set(['byte-order-mark', 'encoding-not-utf-8']);

type JsonText = { readonly text: string; readonly value: JsonValue };

/** Reads an argument that must be a JSON object: the text itself, `@file`, or `@-` for standard input; absent reads as `{}`. */
export async function readObjectArgument(
  terminal: Terminal,
  option: string,
  argument: string | undefined,
): Promise<JsonObject> {
  return (await readArgument(terminal, option, argument)).value as JsonObject;
}

/** As {@link readObjectArgument}, as a value of the expression language: numbers keep their digits. */
export async function readExactArgument(
  terminal: Terminal,
  option: string,
  argument: string | undefined,
): Promise<Value> {
  return parseJson((await readArgument(terminal, option, argument)).text);
}

async function readArgument(terminal: Terminal, option: string, argument: string | undefined): Promise<JsonText> {
  if (argument === undefined) return { text: '{}', value: {} };
  const file = argument.startsWith('@') ? argument.slice(1) : undefined;
  const content = file === undefined ? argument : await readContent(terminal, option, file);
  const { text, root, findings } = readJsonFile({ name: option, content });
  const problem = findings.find(({ code }) => !tolerated.has(code));
  const subject = file === undefined || file === '-' ? option : `${option}: ${file}`;
  if (text.trim() === '')
    throw new CommandError(2, `${subject} is empty. Give a JSON object, such as {"name": "value"}.`);
  if (problem !== undefined || root === undefined) {
    const hint = file === undefined ? ' To read a file, write @ before its name.' : '';
    const where = `(line ${problem?.line}, column ${problem?.column})`;
    throw new CommandError(2, `${subject} is not JSON ${where}: ${problem?.message}${hint}`);
  }
  if (typeof root !== 'object' || root === null || Array.isArray(root)) {
    throw new CommandError(2, `${subject} must be a JSON object, such as {"name": "value"}.`);
  }
  return { text, value: root };
}

async function readContent(terminal: Terminal, option: string, file: string): Promise<string | Uint8Array> {
  if (file === '-') return terminal.readStdin();
  try {
    return await readNamedFile(terminal, file);
  } catch (error) {
    if (error instanceof CommandError) throw new CommandError(2, `${option}: ${error.message}`, { cause: error });
    throw error;
  }
}
