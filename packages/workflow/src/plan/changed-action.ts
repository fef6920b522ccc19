import type { JsonValue } from '@patchbay/expression';
import { entriesOf, isObject, type JsonObject, member, textMember } from './json.ts';

/** Members of an action that hold other actions. */
const branches: ReadonlySet<string> = new Set(['actions', 'else', 'cases', 'default']);

/** An action as it stands in a definition, without the actions in it. */
type ActionText = {
  readonly name: string;
  readonly type: string;
  /** The containers around it with their branches, outermost first. */
  readonly place: string;
  readonly text: string;
};

/**
 * An action that one definition has and another has differently, or not in the same place. `begun`: actions of which only type and place
 * count, because what they were given and chose is known.
 */
export function changedAction(
  before: JsonValue,
  after: JsonValue,
  actions: ReadonlySet<string>,
  begun: ReadonlySet<string>,
): string | undefined {
  const old = actionTexts(before);
  const now = actionTexts(after);
  const isSame = (key: string, was: ActionText): boolean => {
    const is = now.get(key);
    if (is?.place !== was.place || is.type !== was.type) return false;
    return begun.has(key) || is.text === was.text;
  };
  for (const [key, was] of old) if ((actions.has(key) || begun.has(key)) && !isSame(key, was)) return was.name;
  return undefined;
}

function actionTexts(definition: JsonValue): ReadonlyMap<string, ActionText> {
  const texts = new Map<string, ActionText>();
  collect(member(definition, 'actions'), '', texts);
  return texts;
}

function collect(actions: JsonValue | undefined, place: string, texts: Map<string, ActionText>): void {
  for (const [name, source] of entriesOf(actions)) {
    const own = isObject(source) ? Object.entries(source).filter(([key]) => !branches.has(key.toLowerCase())) : [];
    const type = (textMember(source, 'type') ?? '').toLowerCase();
    texts.set(name.toLowerCase(), { name, type, place, text: canonicalText(Object.fromEntries(own)) });
    for (const [branch, block] of blocksOf(source)) collect(block, `${place}/${name.toLowerCase()}/${branch}`, texts);
  }
}

function blocksOf(source: JsonValue): readonly (readonly [string, JsonValue | undefined])[] {
  return [
    ['actions', member(source, 'actions')],
    ['else', member(member(source, 'else'), 'actions')],
    ['default', member(member(source, 'default'), 'actions')],
    ...entriesOf(member(source, 'cases')).map(([name, block]) => [`cases/${name}`, member(block, 'actions')] as const),
  ];
}

/** JSON with the members of objects in one order. */
function canonicalText(value: JsonValue): string {
  return JSON.stringify(value, (_key, item: JsonValue) => (isObject(item) ? sorted(item) : item));
}

function sorted(object: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(object).sort(([left], [right]) => (left < right ? -1 : 1)));
}
