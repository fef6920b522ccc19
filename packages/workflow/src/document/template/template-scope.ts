import type { JsonValue } from '@patchbay/expression';
import { entriesOf, isArray, isObject, type JsonObject, member, memberAt } from '../../plan/json.ts';
import {
  isTemplateExpression,
  parseTemplateExpression,
  type TemplateExpression,
  unescapeTemplateText,
} from './parse-template-expression.ts';
import { templateFunctions } from './template-functions.ts';
import { type DeploymentPlace, Unresolved } from './unresolved.ts';

/** What expressions of one template may make altogether: definitions are some hundred kB. */
const maximumCharacters = 20_000_000;
const maximumDepth = 100;

/** Told of each text that could not be resolved, and where it stands. */
export type OnUnresolved = (pointer: string, text: string, why: string) => void;

const placed: ReadonlySet<string> = new Set([
  'resourcegroup',
  'resourceid',
  'subscription',
  'subscriptionresourceid',
  'tenant',
]);

/** Resolves the expressions of one ARM template by its parameters and variables, as far as they can be before it is deployed. */
export class TemplateScope {
  readonly #template: JsonValue;
  readonly #given: JsonObject;
  readonly #place: DeploymentPlace;
  readonly #variables = new Map<string, JsonValue>();
  readonly #open = new Set<string>();
  #characters = 0;
  #depth = 0;
  #asksForPlace = false;

  /** `given`: values of the template's parameters, by name. */
  constructor(template: JsonValue, given: JsonObject, place: DeploymentPlace) {
    this.#template = template;
    this.#given = given;
    this.#place = place;
  }

  /** Whether something depended on where the template is deployed. */
  get asksForPlace(): boolean {
    return this.#asksForPlace;
  }

  /** A value with every expression in it resolved; what cannot be stays as it stands. */
  resolve(value: JsonValue, pointer: string, onUnresolved: OnUnresolved): JsonValue {
    if (typeof value === 'string') {
      if (!isTemplateExpression(value)) return unescapeTemplateText(value);
      try {
        return this.evaluate(value);
      } catch (error) {
        if (!(error instanceof Unresolved)) throw error;
        onUnresolved(pointer, value, error.message);
        return value;
      }
    }
    if (isArray(value)) return value.map((item, index) => this.resolve(item, `${pointer}/${index}`, onUnresolved));
    if (!isObject(value)) return value;
    return Object.fromEntries(
      Object.entries(value).map(([name, item]) => [
        name,
        this.resolve(item, `${pointer}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`, onUnresolved),
      ]),
    );
  }

  /** The value of a text in brackets. Throws {@link Unresolved}. */
  evaluate(text: string): JsonValue {
    const parsed = parseTemplateExpression(text.slice(1, -1));
    if (parsed === undefined) throw new Unresolved('it is no expression that can be read');
    const value = this.#value(parsed);
    this.#count(value);
    return value;
  }

  #value(expression: TemplateExpression): JsonValue {
    switch (expression.kind) {
      case 'literal':
        return expression.value;
      case 'select':
        return select(this.#value(expression.base), this.#value(expression.by));
      case 'call':
        return this.#call(expression.name.toLowerCase(), expression);
    }
  }

  #call(name: string, { name: written, arguments: given }: Extract<TemplateExpression, { kind: 'call' }>): JsonValue {
    const at = (index: number): JsonValue => {
      const argument = given[index];
      return argument === undefined ? null : this.#value(argument);
    };
    switch (name) {
      case 'parameters':
        return this.#named('parameter', at(0), (key) => this.#parameter(key));
      case 'variables':
        return this.#named('variable', at(0), (key) => this.#variable(key));
      case 'if':
        return at(0) === true ? at(1) : at(2);
      case 'and':
        return given.every((_one, index) => at(index) === true);
      case 'or':
        return given.some((_one, index) => at(index) === true);
      case 'coalesce':
        return given.reduce<JsonValue>((found, _one, index) => found ?? at(index), null);
      case 'copyindex':
        return given.reduce((sum, _one, index) => sum + (Number(at(index)) || 0), 0);
      default:
    }
    const known = Object.hasOwn(templateFunctions, name) ? templateFunctions[name] : undefined;
    if (known === undefined) throw new Unresolved(`${written}() has no value before the template is deployed`);
    if (placed.has(name)) this.#asksForPlace = true;
    const values = given.map((_one, index) => at(index));
    try {
      const value = known(values, this.#place);
      this.#count(value);
      return value;
    } catch (error) {
      // URIs that are none, and texts of more characters than there may be.
      if (error instanceof URIError || error instanceof TypeError || error instanceof RangeError) {
        throw new Unresolved(`${written}() does not take what it is given`);
      }
      throw error;
    }
  }

  #named(what: string, key: JsonValue, find: (key: string) => JsonValue | undefined): JsonValue {
    if (typeof key !== 'string') throw new Unresolved(`a ${what} is named by what is no text`);
    const open = `${what} ${key.toLowerCase()}`;
    if (this.#open.has(open)) throw new Unresolved(`the ${what} "${key}" refers to itself`);
    if (this.#depth >= maximumDepth) throw new Unresolved('its variables refer to one another too many times over');
    this.#open.add(open);
    this.#depth++;
    try {
      const found = find(key);
      if (found === undefined) throw new Unresolved(`the ${what} "${key}" has no value`);
      return found;
    } finally {
      this.#open.delete(open);
      this.#depth--;
    }
  }

  #parameter(name: string): JsonValue | undefined {
    const given = member(this.#given, name);
    if (given !== undefined) return given;
    const value = memberAt(this.#template, 'parameters', name, 'defaultValue');
    return value === undefined ? undefined : this.#strict(value);
  }

  #variable(name: string): JsonValue | undefined {
    const key = name.toLowerCase();
    const known = this.#variables.get(key);
    if (known !== undefined) return known;
    const source = memberAt(this.#template, 'variables', name);
    if (source === undefined) return undefined;
    const value = this.#strict(source);
    this.#variables.set(key, value);
    return value;
  }

  /** A value all of whose expressions have to be resolved. */
  #strict(value: JsonValue): JsonValue {
    return this.resolve(value, '', (_pointer, _text, why) => {
      throw new Unresolved(why);
    });
  }

  #count(value: JsonValue): void {
    this.#characters += sizeOf(value, maximumCharacters);
    if (this.#characters > maximumCharacters) throw new Unresolved('the expressions of the template make too much');
  }
}

function select(base: JsonValue, by: JsonValue): JsonValue {
  const found =
    isArray(base) && typeof by === 'number' ? base[by] : typeof by === 'string' ? member(base, by) : undefined;
  if (found === undefined) throw new Unresolved(`there is no ${JSON.stringify(by)} in what it selects from`);
  return found;
}

/** Characters and items of a value; variables make values that hold one part many times over, so counting ends at the limit. */
function sizeOf(value: JsonValue, limit: number): number {
  const open: JsonValue[] = [value];
  let size = 0;
  for (let next = open.pop(); next !== undefined && size <= limit; next = open.pop()) {
    size += typeof next === 'string' ? next.length : 1;
    if (isArray(next)) for (const item of next) open.push(item);
    else if (isObject(next)) {
      for (const [name, item] of entriesOf(next)) {
        size += name.length;
        open.push(item);
      }
    }
  }
  return size;
}
