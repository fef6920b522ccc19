import type { Value } from '@patchbay/expression';
import { ActionFailure } from '../actions/action-failure.ts';
import { typeOf, type ValueType } from './value-types.ts';

export type VariableType = 'Boolean' | 'Integer' | 'Float' | 'String' | 'Object' | 'Array';

const variableTypes: { readonly [name: string]: VariableType } = {
  boolean: 'Boolean',
  bool: 'Boolean',
  integer: 'Integer',
  int: 'Integer',
  float: 'Float',
  string: 'String',
  object: 'Object',
  array: 'Array',
};

/** A variable's type from its definition, in any case. */
export function readVariableType(text: string): VariableType | undefined {
  return Object.hasOwn(variableTypes, text.toLowerCase()) ? variableTypes[text.toLowerCase()] : undefined;
}

/** What a variable is that is given no value: flows ask how long a text or a list is to which nothing was added. */
export function initialValue(type: VariableType): Value {
  switch (type) {
    case 'Array':
      return [];
    case 'Boolean':
      return false;
    case 'Integer':
    case 'Float':
      return 0;
    case 'String':
      return '';
    case 'Object':
      return null;
  }
}

type Variable = { readonly name: string; readonly type: VariableType; value: Value; items: Value[] | undefined };

/** The variables of one run: global to it, typed, named in any case. */
export class Variables {
  readonly #byName = new Map<string, Variable>();

  initialize(name: string, type: VariableType, value: Value): void {
    checkType(name, type, value);
    this.#byName.set(name.toLowerCase(), { name, type, value, items: undefined });
  }

  get(name: string): Value | undefined {
    const variable = this.#byName.get(name.toLowerCase());
    if (variable === undefined) return undefined;
    if (variable.items !== undefined) {
      variable.value = variable.items.slice();
      variable.items = undefined;
    }
    return variable.value;
  }

  type(name: string): VariableType {
    return this.#find(name).type;
  }

  set(name: string, value: Value): void {
    const variable = this.#find(name);
    checkType(variable.name, variable.type, value);
    variable.value = value;
    variable.items = undefined;
  }

  /** Appends without copying; the array is copied when someone reads it. */
  append(name: string, value: Value): void {
    const variable = this.#find(name);
    if (variable.type !== 'Array') throw wrongKind(variable, 'appended to as an array');
    variable.items ??= Array.isArray(variable.value) ? [...(variable.value as readonly Value[])] : [];
    variable.items.push(value);
  }

  appendText(name: string, text: string): void {
    const variable = this.#find(name);
    if (variable.type !== 'String') throw wrongKind(variable, 'appended to as a string');
    variable.value = `${typeof variable.value === 'string' ? variable.value : ''}${text}`;
  }

  #find(name: string): Variable {
    const variable = this.#byName.get(name.toLowerCase());
    if (variable === undefined) {
      throw new ActionFailure(
        'InvalidTemplate',
        `The variable '${name}' must be initialized before it can be used inside an action.`,
      );
    }
    return variable;
  }
}

function wrongKind(variable: Variable, how: string): ActionFailure {
  return new ActionFailure(
    'BadRequest',
    `The variable '${variable.name}' of type '${variable.type}' cannot be ${how}.`,
  );
}

function checkType(name: string, type: VariableType, value: Value): void {
  const actual = typeOf(value);
  if (actual === 'Null' || actual === type || (type === 'Float' && actual === 'Integer')) return;
  throw new ActionFailure(
    'BadRequest',
    `The variable '${name}' of type '${type}' cannot be initialized or updated with value of type '${actual satisfies ValueType}'. ` +
      `The variable '${name}' only supports values of types '${type === 'Float' ? 'Float, Integer' : type}'.`,
  );
}
