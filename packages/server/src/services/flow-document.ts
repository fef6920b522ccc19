import type { JsonObject, JsonValue } from '@patchbay/definition';

/** Reads a flow's definition as it stands, for what the server itself has to know of it. */

export type TriggerEntry = {
  readonly name: string;
  readonly type: string;
  readonly kind?: string;
  readonly source: JsonObject;
};

/** An action with its place: the container that holds it, and in which branch. */
export type ActionEntry = {
  readonly name: string;
  readonly type: string;
  readonly source: JsonObject;
  readonly parent?: string;
  /** `actions`, `else`, `default` or a case's name. */
  readonly branch?: string;
  readonly isInLoop: boolean;
};

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function memberOf(value: JsonValue | undefined, name: string): JsonValue | undefined {
  return isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}

export function textOf(value: JsonValue | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

export function triggersOf(definition: JsonValue): readonly TriggerEntry[] {
  return entriesOf(memberOf(definition, 'triggers')).map(([name, source]) => {
    const kind = textOf(memberOf(source, 'kind'));
    return { name, type: textOf(memberOf(source, 'type')) ?? '', ...(kind !== undefined && { kind }), source };
  });
}

/** Every action in definition order, containers before what they hold. */
export function actionsOf(definition: JsonValue): readonly ActionEntry[] {
  return collect(memberOf(definition, 'actions'), { isInLoop: false });
}

type Place = Pick<ActionEntry, 'parent' | 'branch' | 'isInLoop'>;

function collect(actions: JsonValue | undefined, place: Place): readonly ActionEntry[] {
  return entriesOf(actions).flatMap(([name, source]) => {
    const type = textOf(memberOf(source, 'type')) ?? '';
    const isInLoop = place.isInLoop || /^(foreach|until)$/i.test(type);
    const inside = (branch: string, block: JsonValue | undefined): readonly ActionEntry[] =>
      collect(memberOf(block, 'actions'), { parent: name, branch, isInLoop });
    return [
      { name, type, source, ...place },
      ...inside('actions', source),
      ...inside('else', memberOf(source, 'else')),
      ...entriesOf(memberOf(source, 'cases')).flatMap(([caseName, block]) => inside(caseName, block)),
      ...inside('default', memberOf(source, 'default')),
    ];
  });
}

function entriesOf(value: JsonValue | undefined): readonly (readonly [string, JsonObject])[] {
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([name, item]) => (isObject(item) ? [[name, item] as const] : []));
}
