import { z } from 'zod';
import type { ConfigurationVariable, ValuesOf } from './configuration-variable.ts';
import { port } from './value-schemas.ts';

/** What an empty store is filled with, and who may come in first. */
export const firstStartVariables = [
  {
    name: 'PATCHBAY_SEED',
    takes: 'example or environment',
    example: 'environment',
    default: 'example',
    description:
      'What an empty store is filled with: an environment and an administrator, and with `example` the sample API, its connector, a connection and a flow.',
    schema: z.enum(['example', 'environment']),
  },
  {
    name: 'PATCHBAY_SIGN_IN_LINK',
    takes: 'needed or always',
    example: 'always',
    default: 'needed',
    description:
      'When to print a one-time sign-in link for the first administrator at start: while no administrator has a password, or always.',
    schema: z.enum(['needed', 'always']),
  },
  {
    name: 'PATCHBAY_EXAMPLE_PORT',
    takes: 'a port number from 0 to 65535',
    example: '0',
    default: '4311',
    description: 'The loopback port of the sample API.',
    schema: port,
  },
] as const satisfies readonly ConfigurationVariable[];

export type FirstStartSettings = {
  readonly seed: 'example' | 'environment';
  readonly signInLink: 'needed' | 'always';
  readonly examplePort: number;
};

export function readFirstStart(values: ValuesOf<typeof firstStartVariables>): FirstStartSettings {
  return {
    seed: values.PATCHBAY_SEED,
    signInLink: values.PATCHBAY_SIGN_IN_LINK,
    examplePort: values.PATCHBAY_EXAMPLE_PORT,
  };
}
