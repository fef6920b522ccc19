import { ExpressionError, type JsonValue, parseTemplate, toJson } from '@patchbay/expression';
import { DataShape, memberAtPath, weights } from './data-shape.ts';
import { functionEffects, makesText } from './function-effects.ts';
import { isObject } from './json.ts';
import type { CallNode, ExpressionNode, Operand, TemplateNode } from './operand.ts';

type Interpolation = Extract<TemplateNode, { readonly kind: 'interpolation' }>;

/** From where in a flow an expression reads. */
export type Sight = {
  /** What `triggerOutputs()` is. */
  readonly trigger: DataShape;
  /** What `item()` is. */
  readonly item?: DataShape;
  /** Lower-case names of the Foreach actions around it. */
  readonly loops: readonly string[];
};

/** Where the data of a run is kept. Names in lower case, but for those of settings. */
export interface Places {
  action(name: string, sight: Sight): { readonly shape: DataShape; readonly depth: number };
  loop(name: string): DataShape;
  variable(name: string): DataShape;
  parameter(name: string): DataShape;
  appSetting(name: string): DataShape;
  later(work: () => void): void;
}

/** How far an index goes that is worked out. */
const usualIndexes = 10;

const outputsFunctions: ReadonlySet<string> = new Set(['outputs', 'actionoutputs', 'triggeroutputs']);

/** The members of outputs are found in any case. */
function withOwnCase(path: string): string {
  return path.replace(/^(?:body|headers|statuscode)(?=\/|$)/i, (name) =>
    name.toLowerCase() === 'statuscode' ? 'statusCode' : name.toLowerCase(),
  );
}

/** Reads the templates of a flow: what they say of the data that they use. */
export class TemplateReader {
  readonly #places: Places;

  constructor(places: Places) {
    this.#places = places;
  }

  /** A JSON value with templates anywhere in it. */
  value(value: JsonValue | undefined, sight: Sight): Operand {
    if (typeof value === 'string') return this.#text(value, sight);
    if (Array.isArray(value)) {
      const items: readonly JsonValue[] = value;
      const shape = new DataShape().hint('array', weights.usual);
      const shapes = items.map((item) => this.value(item, sight).shape);
      // What several items are that are written out need not be alike.
      if (shapes[0] !== undefined && shapes.length === 1) shape.item().unite(shapes[0]);
      return { shape, constant: value };
    }
    if (!isObject(value)) return constant(value ?? null);
    const shape = new DataShape().hint('object', weights.usual);
    for (const [name, member] of Object.entries(value)) {
      this.#text(name, sight);
      shape.member(name).unite(this.value(member, sight).shape);
    }
    return { shape };
  }

  /** A condition: an expression, or the object that an If may have. */
  condition(value: JsonValue | undefined, sight: Sight): void {
    if (!isObject(value)) {
      const text = typeof value === 'string' && !value.startsWith('@') ? `@${value}` : value;
      this.value(text, sight).shape.hint('boolean', weights.used);
      return;
    }
    for (const [operator, given] of Object.entries(value)) {
      const parts: readonly JsonValue[] = Array.isArray(given) ? given : [given];
      if (['and', 'or', 'not'].includes(operator.toLowerCase())) {
        for (const part of parts) this.condition(part, sight);
        continue;
      }
      const effect = functionEffects.get(operator.toLowerCase());
      const operands = parts.map((part) => this.value(part, sight));
      effect?.(operands, (work) => this.#places.later(work));
    }
  }

  #text(text: string, sight: Sight): Operand {
    const template = parse(text);
    switch (template?.kind) {
      case undefined:
        return { shape: new DataShape() };
      case 'literal':
        return constant(template.text);
      case 'expression':
        return this.#expression(template.expression, sight);
      case 'interpolation':
        return this.#interpolation(template.segments, sight);
    }
  }

  /** A text that is nothing but one expression is that as a text. */
  #interpolation(segments: Interpolation['segments'], sight: Sight): Operand {
    const operands = segments.map((segment) =>
      segment.kind === 'text' ? constant(segment.text) : this.#expression(segment.expression, sight),
    );
    const [only] = operands;
    if (operands.length === 1 && only !== undefined) return { ...only, maker: only.maker ?? 'string' };
    for (const { shape } of operands) shape.hint('string', weights.literal);
    const effect = functionEffects.get('concat');
    const shape = effect?.(operands, (work) => this.#places.later(work)) ?? new DataShape();
    return { shape, maker: 'concat' };
  }

  #expression(node: ExpressionNode, sight: Sight): Operand {
    if (node.kind === 'constant') return constant(toJson(node.value));
    const { shape, ...made } = this.#call(node, sight);
    if (node.dereferences.length === 0) return { shape, ...made };
    const ofOutputs = outputsFunctions.has(node.name.toLowerCase());
    const select = (base: DataShape, { key }: { readonly key: ExpressionNode }, index: number): DataShape =>
      this.#select(base, key, ofOutputs && index === 0, sight);
    return { shape: node.dereferences.reduce(select, shape) };
  }

  #select(base: DataShape, key: ExpressionNode, isOutputs: boolean, sight: Sight): DataShape {
    const { shape, constant: name } = this.#expression(key, sight);
    if (typeof name === 'string') return memberAtPath(base, isOutputs ? withOwnCase(name) : name);
    if (typeof name === 'number')
      return base
        .hint('array', weights.used)
        .needItems(name + 1)
        .item();
    const { kinds } = shape.read();
    if ((kinds.get('integer') ?? 0) > (kinds.get('string') ?? 0)) {
      return base.hint('array', weights.used).needItems(usualIndexes).item();
    }
    const selected = new DataShape();
    this.#places.later(() => chooseMember(base, shape, selected));
    return selected;
  }

  #call(node: CallNode, sight: Sight): Operand {
    const name = node.name.toLowerCase();
    const operands = node.arguments.map((argument) => this.#expression(argument, sight));
    const place = this.#place(name, operands[0]?.constant, sight);
    if (place !== undefined) return { shape: place };
    if (name === 'appsetting') return { shape: this.#places.appSetting(String(operands[0]?.constant ?? '')) };
    const effect = functionEffects.get(name);
    if (effect === undefined) return { shape: new DataShape() };
    const shape = effect(operands, (work) => this.#places.later(work));
    return makesText(name) ? { shape, maker: name } : { shape };
  }

  /** Where a function that reads the run reads it. */
  #place(name: string, argument: JsonValue | undefined, sight: Sight): DataShape | undefined {
    const named = typeof argument === 'string' ? argument.toLowerCase() : undefined;
    switch (name) {
      case 'trigger':
      case 'triggers':
        return outputsOf(sight.trigger);
      case 'triggeroutputs':
        return sight.trigger;
      case 'triggerbody':
        return sight.trigger.member('body');
      case 'item':
        return sight.item ?? new DataShape();
      default:
        return named === undefined ? undefined : this.#named(name, named, sight);
    }
  }

  #named(name: string, named: string, sight: Sight): DataShape | undefined {
    switch (name) {
      case 'body':
      case 'actionbody':
        return this.#action(named, sight, (outputs) => outputs.member('body'));
      case 'outputs':
      case 'actionoutputs':
        return this.#action(named, sight, (outputs) => outputs);
      case 'actions':
        return this.#action(named, sight, outputsOf);
      case 'items':
        return this.#places.loop(named);
      case 'variables':
        return this.#places.variable(named);
      case 'parameters':
        return this.#places.parameter(named);
      default:
        return undefined;
    }
  }

  /** From outside of loops the outputs of an action are a list for each. */
  #action(name: string, sight: Sight, part: (outputs: DataShape) => DataShape): DataShape {
    const { shape, depth } = this.#places.action(name, sight);
    let found = part(shape);
    for (let level = 0; level < depth; level++) {
      const list = new DataShape().hint('array', weights.used);
      list.item().unite(found);
      found = list;
    }
    return found;
  }
}

/** A key that is worked out is one of the names that are known of what it selects from, which else gets a member of some name. */
function chooseMember(base: DataShape, key: DataShape, selected: DataShape): void {
  const { members } = base.read();
  const [name] = [...members.keys()];
  if (name === undefined) base.member('text').unite(selected);
  key.hint('string', weights.usual).choose(name ?? 'text');
}

function outputsOf(outputs: DataShape): DataShape {
  const shape = new DataShape();
  shape.member('outputs').unite(outputs);
  return shape;
}

function parse(text: string): TemplateNode | undefined {
  try {
    return parseTemplate(text);
  } catch (error) {
    if (error instanceof ExpressionError) return undefined;
    throw error;
  }
}

function constant(value: JsonValue): Operand {
  const shape = new DataShape();
  if (value !== null && value !== '') shape.give(value);
  if (typeof value === 'string') shape.hint('string', weights.literal);
  if (typeof value === 'boolean') shape.hint('boolean', weights.literal);
  if (typeof value === 'number') shape.hint(Number.isInteger(value) ? 'integer' : 'number', weights.literal);
  return { shape, constant: value };
}
