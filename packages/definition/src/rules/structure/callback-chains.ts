import { escapePointer } from '../../source/pointer.ts';
import { isTrue, member } from '../../source/reading.ts';
import type { Subject } from '../subject.ts';
import type { OperationView } from './operation-view.ts';
import { partsOf } from './properties-of.ts';
import { listOf, memberPlace, type Place } from './resolve.ts';

const urlName = 'x-ms-notification-url';

/** The way from an operation's body to the property that takes the callback URL: the body first, the property last. */
export type CallbackChain = { readonly operation: OperationView; readonly chain: readonly Link[] };

type Link = Place & { readonly title: string; readonly required: boolean };

/** Deeper than this nobody puts the property, and a description made for it would never end. */
const maxSchemas = 300;

/** Every property of a body that is marked `x-ms-notification-url`; the nearest one of each body. */
export function callbackChains(subject: Subject): readonly CallbackChain[] {
  // Bodies of large descriptions reach nearly every schema: none is looked into where nothing is marked.
  if (!subject.nodes('schema').some(({ value }) => isTrue(member(value, urlName)))) return [];
  return subject.operations.flatMap((operation) => {
    const { body } = operation;
    if (body?.schema === undefined) return [];
    const start: Link = { value: body.value, pointer: body.pointer, title: 'the body', required: body.required };
    const chain = findChain(subject, body.schema, [start]);
    return chain === undefined ? [] : [{ operation, chain }];
  });
}

function findChain(subject: Subject, start: Place, first: readonly Link[]): readonly Link[] | undefined {
  const visited = new Set<string>();
  const pending: { readonly schema: Place; readonly chain: readonly Link[] }[] = [{ schema: start, chain: first }];
  for (let next = pending.shift(); next !== undefined && visited.size < maxSchemas; next = pending.shift()) {
    const { schema, chain } = next;
    if (isTrue(member(schema.value, urlName))) return chain;
    const parts = partsOf(subject, schema);
    const required = new Set(parts.flatMap((part) => listOf(part.value, 'required')));
    for (const part of parts) {
      if (visited.has(part.pointer)) continue;
      visited.add(part.pointer);
      const properties = memberPlace(part, 'properties');
      for (const name of Object.keys(properties?.value ?? {})) {
        const property = properties && memberPlace(properties, name, escapePointer(name));
        if (property === undefined) continue;
        const link = { ...property, title: `the property ${name}`, required: required.has(name) };
        pending.push({ schema: property, chain: [...chain, link] });
      }
    }
  }
  return undefined;
}
