import type { z } from 'zod';

/** One environment variable, for validation and for the documentation. */
export type ConfigurationVariable = {
  readonly name: string;
  /** Another name, which hosting platforms set by themselves; read when all of these are there and none of the first names. */
  readonly otherName?: string;
  /** What it takes, as the message for a wrong value says it. */
  readonly takes: string;
  readonly example: string;
  readonly default?: string;
  readonly description: string;
  readonly schema: z.ZodType;
};

/** The parsed values of variables by their names; those that have a default are always there. */
export type ValuesOf<Variables extends readonly ConfigurationVariable[]> = {
  readonly [Variable in Variables[number] as Variable['name']]: Variable extends { readonly default: string }
    ? z.infer<Variable['schema']>
    : z.infer<Variable['schema']> | undefined;
};
