import type { JsonObject, JsonValue } from '../model.ts';
import { isObject, isTrue, member } from '../source/reading.ts';
import type { PostmanField } from './postman-request.ts';

/** Rows of names and values: a list of objects (either version), a list of lines, or one text with a line for each. */
export function readFields(value: JsonValue | undefined, pointer: string): readonly PostmanField[] {
  if (typeof value === 'string') return value.split(/\r?\n/).flatMap((line) => readLine(line, pointer));
  if (!Array.isArray(value)) return [];
  return value.flatMap((item: JsonValue, index) => {
    const at = `${pointer}/${index}`;
    if (typeof item === 'string') return readLine(item, at);
    return isObject(item) ? readField(item, at) : [];
  });
}

/** Text of a description: `"…"` or `{"content": "…"}`. */
export function readDescription(value: JsonValue | undefined): string {
  const text = isObject(value) ? member(value, 'content') : value;
  return typeof text === 'string' ? text.trim() : '';
}

/** A scalar as text; what Postman writes for nothing is ''. */
export function textOf(value: JsonValue | undefined): string {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}

function readField(row: JsonObject, pointer: string): readonly PostmanField[] {
  // Version 1 names a header `name`, path variables of version 2.0 have an `id`.
  const key = textOf(member(row, 'key') ?? member(row, 'name') ?? member(row, 'id'));
  if (key === '') return [];
  const enabled = member(row, 'enabled');
  const contentType = textOf(member(row, 'contentType'));
  return [
    {
      key,
      value: valueText(member(row, 'value')),
      description: readDescription(member(row, 'description')),
      disabled: isTrue(member(row, 'disabled')) || enabled === false,
      isFile: member(row, 'type') === 'file' || member(row, 'src') !== undefined,
      ...(contentType !== '' && { contentType }),
      pointer,
    },
  ];
}

function valueText(value: JsonValue | undefined): string {
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : textOf(value);
}

/** `Name: value`; two slashes before it disable it. */
function readLine(line: string, pointer: string): readonly PostmanField[] {
  const match = /^\s*(\/\/)?\s*([^:]+?)\s*:(.*)$/s.exec(line);
  if (match === null) return [];
  const [, slashes, key = '', value = ''] = match;
  return [{ key, value: value.trim(), description: '', disabled: slashes !== undefined, isFile: false, pointer }];
}
