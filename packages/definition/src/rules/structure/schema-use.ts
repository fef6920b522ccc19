import { escapePointer } from '../../source/pointer.ts';
import { isObject, member } from '../../source/reading.ts';
import type { Subject } from '../subject.ts';
import { listOf, memberPlace, type Place } from './resolve.ts';

/** Pointers of the schemas that are part of what is sent, and of what comes back or is notified. */
export type SchemaUse = { readonly inputs: ReadonlySet<string>; readonly outputs: ReadonlySet<string> };

export function schemaUses(subject: Subject): SchemaUse {
  const inputs = new Set<string>();
  const outputs = new Set<string>();
  for (const { body, responses } of subject.operations) {
    if (body?.schema !== undefined) collect(subject, body.schema, inputs);
    for (const { schema } of responses) if (schema !== undefined) collect(subject, schema, outputs);
  }
  for (const node of subject.nodes('notificationContent')) {
    const schema = memberPlace(node, 'schema');
    if (schema !== undefined) collect(subject, schema, outputs);
  }
  return { inputs, outputs };
}

/** The schemas directly within one: properties, items, what is combined. */
export function innerSchemas(schema: Place): readonly Place[] {
  const found: Place[] = [];
  const properties = memberPlace(schema, 'properties');
  for (const name of Object.keys(properties?.value ?? {})) {
    const property = properties && memberPlace(properties, name, escapePointer(name));
    if (property !== undefined) found.push(property);
  }
  for (const name of ['items', 'additionalProperties', 'not']) {
    const inner = memberPlace(schema, name);
    if (inner !== undefined) found.push(inner);
  }
  for (const name of ['allOf', 'oneOf', 'anyOf']) {
    for (const [index, item] of listOf(schema.value, name).entries()) {
      if (isObject(item)) found.push({ value: item, pointer: `${schema.pointer}/${name}/${index}` });
    }
  }
  return found;
}

function collect(subject: Subject, start: Place, found: Set<string>): void {
  const pending = [start];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (found.has(next.pointer)) continue;
    found.add(next.pointer);
    const target = member(next.value, '$ref') === undefined ? next : subject.resolve(next);
    if (target === undefined) continue;
    if (target === next) pending.push(...innerSchemas(next));
    else pending.push(target);
  }
}
