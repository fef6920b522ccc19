import type { JsonObject, JsonValue } from '../model.ts';
import { createScope, type Scope } from '../sample/variables.ts';
import { isObject, isTrue, member, type Reading } from '../source/reading.ts';
import { textOf } from './read-fields.ts';

/** `<token>` and `{org}` stand for a value that somebody has yet to fill in. */
const placeholder = /^(<[^<>]*>|\{[^{}]*\})$/;

/** The variables of a collection, folder or request over those around it. One without a value does not count. */
export function scopeOf(list: JsonValue | undefined, outer: Scope): Scope {
  if (!Array.isArray(list) || list.length === 0) return outer;
  const values = new Map<string, string>();
  for (const row of list.filter(isObject)) {
    const name = textOf(member(row, 'key') ?? member(row, 'id') ?? member(row, 'name')).trim();
    const value = textOf(member(row, 'value'));
    const isValue = value !== '' && !placeholder.test(value);
    if (name !== '' && isValue && !isTrue(member(row, 'disabled'))) values.set(name, value);
  }
  return createScope(values, outer);
}

/** Says that the scripts of a collection, folder or request are not carried over. */
export function reportScripts(reading: Reading, owner: JsonObject, pointer: string): void {
  const events = member(owner, 'event') ?? member(owner, 'events');
  const fromEvents = Array.isArray(events) ? events.filter(isObject).filter(hasScript) : [];
  const listens = new Set(fromEvents.map((event) => textOf(member(event, 'listen'))));
  if (textOf(member(owner, 'preRequestScript')).trim() !== '') listens.add('prerequest');
  if (textOf(member(owner, 'tests')).trim() !== '') listens.add('test');
  if (listens.size === 0) return;
  const name = textOf(member(owner, 'name')) || 'the collection';
  reading.lose('scripts-not-carried', pointer, { name, kinds: [...listens].join(', ') });
}

function hasScript(event: JsonObject): boolean {
  const script = member(event, 'script');
  const exec = isObject(script) ? member(script, 'exec') : script;
  const lines = Array.isArray(exec) ? exec : [exec];
  return lines.some((line) => textOf(line).trim() !== '');
}
