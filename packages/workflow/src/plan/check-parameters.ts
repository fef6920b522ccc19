import { equalValues, type JsonValue } from '@patchbay/expression';
import { pointerTo } from '../findings.ts';
import type { ActionCompiler } from './action-compiler.ts';
import { entriesOf, isArray, isObject, type JsonObject, jsonKind, member } from './json.ts';
import type { ParameterPlan } from './plan.ts';
import { undeclaredParameters } from './undeclared-parameters.ts';

type Values = { readonly [name: string]: JsonValue };

/** With the values that a flow is given, one that is missing is known. */
export function checkParametersGiven(
  parameters: readonly ParameterPlan[],
  values: Values | undefined,
  compiler: ActionCompiler,
): void {
  if (values === undefined) return;
  const given = new Set(Object.keys(values).map((name) => name.toLowerCase()));
  for (const { name, defaultValue } of parameters) {
    const key = name.toLowerCase();
    if (defaultValue !== undefined || given.has(key) || undeclaredParameters.has(key)) continue;
    const message = `the parameter "${name}" has neither a value nor a default`;
    compiler.report('parameter-missing', 'error', message, pointerTo('/parameters', name));
  }
}

/** Defaults and given values are of the type that is declared, and among the values that are allowed, as the platform asks for. */
export function checkParameterValues(
  definition: JsonObject,
  parameters: readonly ParameterPlan[],
  values: Values | undefined,
  compiler: ActionCompiler,
): void {
  const given = new Map(entriesOf(values).map(([name, value]) => [name.toLowerCase(), value]));
  for (const { name, type, defaultValue } of parameters) {
    const declared = member(definition, 'parameters');
    const allowed = member(isObject(declared) ? declared[name] : undefined, 'allowedValues');
    const check = (what: string, value: JsonValue | undefined, pointer: string): void => {
      const problem = value === undefined ? undefined : problemOf(value, type, allowed);
      if (problem === undefined) return;
      compiler.report('parameter-value-invalid', 'error', `the ${what} of the parameter "${name}" ${problem}`, pointer);
    };
    check('default', defaultValue, pointerTo('/parameters', name, 'defaultValue'));
    check('value', given.get(name.toLowerCase()), pointerTo('/parameters', name));
  }
}

function problemOf(value: JsonValue, type: string, allowed: JsonValue | undefined): string | undefined {
  // What a setting or an expression gives is known only when the flow runs.
  if (value === null || (typeof value === 'string' && value.startsWith('@'))) return undefined;
  const kind = kinds[type];
  if (kind !== undefined && !kind.accepts(value)) return `has to be ${kind.phrase}, not ${jsonKind(value)}`;
  if (allowed === undefined || !isArray(allowed) || allowed.some((one) => equalValues(one, value))) return undefined;
  return 'is none of those that are allowed';
}

const isText = (value: JsonValue): boolean => typeof value === 'string';

/** By lower-case type; another type says nothing. */
const kinds: { readonly [type: string]: { readonly phrase: string; readonly accepts: (value: JsonValue) => boolean } } =
  {
    array: { phrase: 'an array', accepts: isArray },
    bool: { phrase: 'true or false', accepts: (value) => typeof value === 'boolean' },
    float: { phrase: 'a number', accepts: (value) => typeof value === 'number' },
    int: { phrase: 'a whole number', accepts: (value) => Number.isInteger(value) },
    object: { phrase: 'an object', accepts: isObject },
    secureobject: { phrase: 'an object', accepts: isObject },
    securestring: { phrase: 'a string', accepts: isText },
    string: { phrase: 'a string', accepts: isText },
  };
