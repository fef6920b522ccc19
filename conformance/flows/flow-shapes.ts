import type { JsonValue } from '@patchbay/expression';
import { DataShape, weights } from './data-shape.ts';
import { type DefinitionAction, definitionActions } from './definition-actions.ts';
import { entriesOf, isObject, listOf, member, memberAt, textAt } from './json.ts';
import { kindOfType } from './kind-of-type.ts';
import { readActionUses } from './read-action-uses.ts';
import { type Places, type Sight, TemplateReader } from './read-template.ts';
import { applySchema } from './schema-shape.ts';

/** What is known of the data of a flow from its definition. Names in lower case. */
export type FlowShapes = {
  /** Outputs of the trigger, before they are split. */
  readonly trigger: DataShape;
  readonly actions: ReadonlyMap<string, DataShape>;
  readonly parameters: ReadonlyMap<string, DataShape>;
  readonly appSettings: ReadonlyMap<string, DataShape>;
};

/**
 * Reads a definition's every expression, schema and option for what they say of the data that the flow works on. `answers`: the schema of
 * what a trigger's or an action's connector answers, where that is known.
 */
export function inferFlowShapes(
  definition: JsonValue,
  triggerName: string,
  answers: (source: JsonValue, type: string) => JsonValue | undefined = () => undefined,
): FlowShapes {
  const actions = definitionActions(definition);
  const places = new FlowPlaces(actions);
  const reader = new TemplateReader(places);
  const trigger = new DataShape();
  const source = member(member(definition, 'triggers'), triggerName);
  const sight = readTrigger(source, trigger, reader);
  for (const [name, parameter] of entriesOf(member(definition, 'parameters'))) {
    const shape = places.parameter(name.toLowerCase());
    const kind = kindOfType(textAt(parameter, 'type'));
    if (kind !== undefined) shape.hint(kind, weights.declared);
    const value = member(parameter, 'defaultValue');
    if (value !== undefined && value !== null && value !== '') shape.give(value);
  }
  if (source !== undefined) describeBody(trigger, answers(source, textAt(source, 'type')?.toLowerCase() ?? ''));
  for (const { name, type, definition: own } of actions) {
    describeBody(places.action(name.toLowerCase(), sight).shape, answers(own, type));
  }
  for (const action of actions)
    readActionUses(action, { ...sight, loops: action.loops, ...itemOf(action, places) }, reader, places);
  for (const [, output] of entriesOf(member(definition, 'outputs'))) reader.value(member(output, 'value'), sight);
  places.finish();
  return { trigger, actions: places.actions, parameters: places.parameters, appSettings: places.appSettings };
}

function describeBody(outputs: DataShape, schema: JsonValue | undefined): void {
  if (schema !== undefined) applySchema(outputs.member('body'), schema, weights.described);
}

function itemOf({ loops }: DefinitionAction, places: Places): { readonly item?: DataShape } {
  const loop = loops.at(-1);
  return loop === undefined ? {} : { item: places.loop(loop) };
}

/** Answers what the run sees: with `splitOn` its trigger has one item as body. */
function readTrigger(source: JsonValue | undefined, outputs: DataShape, reader: TemplateReader): Sight {
  const whole: Sight = { trigger: outputs, loops: [] };
  outputs.hint('object', weights.checked);
  outputs.member('headers').hint('object', weights.checked);
  applySchema(outputs.member('body'), memberAt(source, 'inputs', 'schema'), weights.declared);
  applySchema(outputs.member('headers'), memberAt(source, 'inputs', 'headersSchema'), weights.declared);
  reader.value(member(source, 'inputs') ?? null, whole);
  for (const condition of listOf(member(source, 'conditions'))) {
    reader.condition(isObject(condition) ? member(condition, 'expression') : condition, whole);
  }
  const splitOn = member(source, 'splitOn');
  if (typeof splitOn !== 'string') return whole;
  const items = reader.value(splitOn, whole).shape.hint('array', weights.checked);
  const split = new DataShape();
  split.member('body').unite(items.item());
  split.member('headers').unite(outputs.member('headers'));
  const ofRun: Sight = { trigger: split, loops: [] };
  for (const path of [['correlation'], ['splitOnConfiguration', 'correlation']]) {
    reader.value(memberAt(source, ...path) ?? null, ofRun);
  }
  return ofRun;
}

class FlowPlaces implements Places {
  readonly actions = new Map<string, DataShape>();
  readonly parameters = new Map<string, DataShape>();
  readonly appSettings = new Map<string, DataShape>();
  readonly #loopsOf = new Map<string, readonly string[]>();
  readonly #variables = new Map<string, DataShape>();
  readonly #loops = new Map<string, DataShape>();
  #later: (() => void)[] = [];

  constructor(actions: readonly DefinitionAction[]) {
    for (const { name, loops } of actions) {
      this.#loopsOf.set(name.toLowerCase(), loops);
      shapeIn(this.actions, name.toLowerCase());
    }
  }

  action(name: string, sight: Sight) {
    const loops = this.#loopsOf.get(name) ?? [];
    return { shape: shapeIn(this.actions, name), depth: loops.filter((loop) => !sight.loops.includes(loop)).length };
  }

  loop(name: string): DataShape {
    return shapeIn(this.#loops, name);
  }

  variable(name: string): DataShape {
    return shapeIn(this.#variables, name);
  }

  parameter(name: string): DataShape {
    return shapeIn(this.parameters, name);
  }

  appSetting(name: string): DataShape {
    return shapeIn(this.appSettings, name);
  }

  later(work: () => void): void {
    this.#later.push(work);
  }

  /** What follows from shapes as a whole may make others follow: twice is enough for what flows do. */
  finish(): void {
    for (let round = 0; round < 2; round++) for (const work of this.#later) work();
    this.#later = [];
  }
}

function shapeIn(shapes: Map<string, DataShape>, name: string): DataShape {
  const found = shapes.get(name) ?? new DataShape();
  shapes.set(name, found);
  return found;
}
