import type { JsonValue } from '@patchbay/expression';
import { entriesOf, isObject, type JsonObject, member, memberAt, textAt } from './json.ts';

/** One action of a definition, wherever it is. */
export type DefinitionAction = {
  readonly name: string;
  /** In lower case. */
  readonly type: string;
  readonly definition: JsonObject;
  readonly inputs: JsonValue;
  /** Lower-case names of the Foreach actions around it, outermost first. */
  readonly loops: readonly string[];
};

/** Every action of a definition, each after those around it. */
export function definitionActions(definition: JsonValue): readonly DefinitionAction[] {
  return [...walk(member(definition, 'actions'), [])];
}

function* walk(actions: JsonValue | undefined, loops: readonly string[]): Generator<DefinitionAction> {
  for (const [name, source] of entriesOf(actions)) {
    if (!isObject(source)) continue;
    const type = textAt(source, 'type')?.toLowerCase() ?? '';
    yield { name, type, definition: source, inputs: member(source, 'inputs') ?? null, loops };
    const inner = type === 'foreach' ? [...loops, name.toLowerCase()] : loops;
    yield* walk(member(source, 'actions'), inner);
    yield* walk(memberAt(source, 'else', 'actions'), inner);
    yield* walk(memberAt(source, 'default', 'actions'), inner);
    for (const [, branch] of entriesOf(member(source, 'cases'))) yield* walk(member(branch, 'actions'), inner);
  }
}
