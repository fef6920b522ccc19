import type { JsonObject, JsonValue } from '../../model.ts';
import { escapePointer } from '../../source/pointer.ts';
import { isObject, member } from '../../source/reading.ts';
import type { Subject } from '../subject.ts';
import type { OperationView } from './operation-view.ts';
import { memberPlace, type Place, textOf } from './resolve.ts';
import type { StructureNode } from './walk.ts';

/** A value or a shape that is fetched by calling another operation of the connector. */
export type DynamicCall = Place & {
  readonly kind: 'values' | 'list' | 'schema' | 'properties' | 'tree-open' | 'tree-browse';
  /** What it is the choice or the shape of. */
  readonly holder: StructureNode;
  readonly operationId: string;
  /** Absent when there is no such operation. */
  readonly target?: OperationView;
  readonly arguments: readonly DynamicArgument[];
};

/** What is given to the operation that is called. */
export type DynamicArgument = {
  /** As written: a parameter's name, or a path from one. */
  readonly name: string;
  readonly pointer: string;
  readonly value:
    | { readonly kind: 'static'; readonly value: JsonValue }
    /** The value of what the path names in the operation that the holder belongs to. */
    | { readonly kind: 'reference'; readonly path: string }
    /** From what was chosen before. */
    | { readonly kind: 'selected' };
};

const extensions = {
  'x-ms-dynamic-values': 'values',
  'x-ms-dynamic-list': 'list',
  'x-ms-dynamic-schema': 'schema',
  'x-ms-dynamic-properties': 'properties',
} as const;

/** Every dynamic call of a description. Those that call no operation (a file picker, a directory) are not among them. */
export function dynamicCalls(subject: Subject): readonly DynamicCall[] {
  const calls: DynamicCall[] = [];
  const kinds = ['schema', 'parameter', 'items', 'response', 'notificationContent'];
  for (const holder of kinds.flatMap((kind) => subject.nodes(kind))) {
    for (const [name, kind] of Object.entries(extensions)) {
      const place = memberPlace(holder, name);
      if (place !== undefined) calls.push(...callOf(subject, holder, place, kind));
    }
    const tree = memberPlace(holder, 'x-ms-dynamic-tree');
    for (const kind of ['open', 'browse'] as const) {
      const place = tree && memberPlace(tree, kind);
      if (place !== undefined) calls.push(...callOf(subject, holder, place, `tree-${kind}`));
    }
  }
  return calls;
}

function callOf(
  subject: Subject,
  holder: StructureNode,
  place: Place,
  kind: DynamicCall['kind'],
): readonly DynamicCall[] {
  const operationId = textOf(place.value, 'operationId');
  if (operationId === '') return [];
  const target = subject.operation(operationId);
  return [{ ...place, kind, holder, operationId, ...(target && { target }), arguments: argumentsOf(place) }];
}

function argumentsOf(place: Place): readonly DynamicArgument[] {
  const parameters = memberPlace(place, 'parameters');
  if (parameters === undefined) return [];
  return Object.entries(parameters.value).map(([name, given]) => ({
    name,
    pointer: `${parameters.pointer}/${escapePointer(name)}`,
    value: givenValue(given),
  }));
}

function givenValue(given: JsonValue): DynamicArgument['value'] {
  if (!isObject(given)) return { kind: 'static', value: given };
  const path = referenceIn(given);
  if (path !== undefined) return { kind: 'reference', path };
  if (member(given, 'selectedItemValuePath') !== undefined) return { kind: 'selected' };
  return { kind: 'static', value: member(given, 'value') ?? given };
}

function referenceIn(given: JsonObject): string | undefined {
  for (const name of ['parameter', 'parameterReference']) {
    const path = member(given, name);
    if (typeof path === 'string') return path;
  }
  return undefined;
}
