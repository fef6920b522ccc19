import type { Evaluator, Scope, Value } from '../contract.ts';
import type { Meter } from '../meter.ts';

/** What a parameter takes, as messages say it. */
export type ParameterKind =
  | 'any'
  | 'value'
  | 'string'
  | 'timestamp'
  | 'integer'
  | 'number'
  | 'boolean'
  | 'array'
  | 'object'
  | 'string or array'
  | 'collection'
  | 'string or object'
  | 'number or string';

/** A function of the language: its arguments are evaluated and checked before `apply` sees them. */
export type EagerFunction = {
  readonly kind: 'eager';
  readonly name: string;
  readonly parameters: readonly ParameterKind[];
  /** How many of the last parameters may be left out. */
  readonly optional?: number;
  /** What further arguments take, when there may be any number. */
  readonly rest?: ParameterKind;
  readonly apply: (values: readonly Value[], scope: Scope, meter: Meter) => Value;
  /** The same for speed, without an array of arguments and checks that a kind of value makes needless. Operands are as many as were counted. */
  readonly compile?: (operands: readonly Evaluator[], meter: Meter) => Evaluator;
};

/** A function that decides which of its arguments are evaluated. */
export type LazyFunction = {
  readonly kind: 'lazy';
  readonly name: string;
  readonly minimum: number;
  readonly maximum: number;
  /** What it checks its first arguments to be, once it has evaluated them. */
  readonly parameters?: readonly ParameterKind[];
  /** What it checks all further arguments to be. */
  readonly rest?: ParameterKind;
  readonly compile: (operands: readonly Evaluator[], meter: Meter) => Evaluator;
};

export type FunctionDefinition = EagerFunction | LazyFunction;
