import type { JsonValue } from '@patchbay/expression';
import { isArray, isObject } from '../plan/json.ts';
import type { FlowDocument } from './flow-document.ts';

/** What two flows have to agree in to mean the same; names, ids and places are not among it. */
const compared = [
  'definition',
  'parameters',
  'connections',
  'environmentVariables',
  'appSettings',
  'kind',
  'dialect',
] as const satisfies readonly (keyof FlowDocument)[];

type Compared = (typeof compared)[number];

/** In which parts two flows do not mean the same, and the first place in each, as a JSON pointer. */
export function flowDifferences(
  left: FlowDocument,
  right: FlowDocument,
): readonly { readonly part: Compared; readonly pointer: string }[] {
  return compared.flatMap((part) => {
    const pointer = difference(partOf(left, part), partOf(right, part), `/${part}`);
    return pointer === undefined ? [] : [{ part, pointer }];
  });
}

function partOf(flow: FlowDocument, part: Compared): JsonValue {
  // A flow that says nothing has state, and was written for Consumption.
  if (part === 'kind') return flow.kind ?? 'Stateful';
  if (part === 'dialect') return flow.dialect ?? 'consumption';
  // These parts are JSON, which TypeScript cannot tell of types with optional members.
  return flow[part] as JsonValue;
}

function difference(left: JsonValue | undefined, right: JsonValue | undefined, pointer: string): string | undefined {
  const isList = isArray(left) && isArray(right);
  if (!isList && !(isObject(left) && isObject(right))) return left === right ? undefined : pointer;
  if (isList && left.length !== right.length) return pointer;
  const [one, other] = [new Map(Object.entries(left)), new Map(Object.entries(right))];
  for (const name of new Set([...one.keys(), ...other.keys()])) {
    const step = name.replaceAll('~', '~0').replaceAll('/', '~1');
    const found = difference(one.get(name), other.get(name), `${pointer}/${step}`);
    if (found !== undefined) return found;
  }
  return undefined;
}
