/**
 * A value an expression works on: JSON, plus integers beyond 2^53 as `bigint`, plus {@link Real} for a float whose value is
 * whole (so that `div(11, 5.0)` is not integer division). Objects are read by own properties only.
 */
export type Value = null | boolean | number | bigint | string | Real | readonly Value[] | ValueObject;
export type ValueObject = { readonly [key: string]: Value };

/** A floating-point or decimal number that must not be taken for an integer. */
export type Real = { readonly isReal: true; readonly text: string; readonly number: number };

/** A JSON value, as it enters and leaves. */
export type JsonValue = null | boolean | number | string | readonly JsonValue[] | { readonly [key: string]: JsonValue };

/** What an expression can see. Every member is asked for lazily; a name that isn't there throws {@link ExpressionError}. */
export interface Scope {
  parameter(name: string): Value;
  variable(name: string): Value;
  /** The trigger's record: `{name, inputs, outputs, startTime, …}`. */
  trigger(): Value;
  /** An action's record: `{name, inputs, outputs, status, code, startTime, endTime, error?}`; inside its own loop, the current iteration's. */
  action(name: string): Value;
  /** The outputs member of {@link action}, without building the record: the hot path of `body()` and `outputs()`. */
  actionOutputs(name: string): Value;
  /** The action whose fields are being evaluated (`action()`), where the language allows it. */
  currentAction(): Value;
  /** First-level children of a scope (`result()`). */
  result(scope: string): Value;
  /** The innermost current item (`item()`). */
  item(): Value;
  /** The current item of a named loop (`items('Loop')`). */
  items(loop: string): Value;
  iterationIndex(until: string): Value;
  workflow(): Value;
  appSetting(name: string): Value;
  listCallbackUrl(): Value;
  /** Milliseconds since the epoch; one value per evaluation. */
  now(): number;
  /** In [0, 1). */
  random(): number;
  guid(): string;
}

/** A compiled template: pure but for what it asks the scope. */
export type Evaluator = (scope: Scope) => Value;
