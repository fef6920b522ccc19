import { z } from 'zod';
import type { ConfigurationVariable, ValuesOf } from './configuration-variable.ts';
import { count } from './value-schemas.ts';

/** Calls that come in and that leave. */
export const callVariables = [
  {
    name: 'PATCHBAY_MAX_BODY_BYTES',
    takes: 'a number of bytes',
    example: '104857600',
    default: '20971520',
    description: 'The longest request body that is read; a longer one is answered 413.',
    schema: count,
  },
  {
    name: 'PATCHBAY_CALL_TIMEOUT_MS',
    takes: 'a number of milliseconds',
    example: '30000',
    default: '120000',
    description: 'How long an API has to answer a call. An action of a flow can set a shorter limit.',
    schema: count,
  },
  {
    name: 'PATCHBAY_SHARED_REDIRECT_UNTIL',
    takes: 'a date such as 2024-02-17',
    example: '2027-01-01',
    default: '2024-02-17',
    description:
      'From this day on (UTC), connectors that still use the redirect URL that all share (`redirectMode: Global`) take no new connections; those that there are go on working.',
    schema: z.iso.date(),
  },
] as const satisfies readonly ConfigurationVariable[];

export type CallSettings = {
  readonly maxBodyBytes: number;
  /** For a whole call that leaves: request and answer. */
  readonly callTimeoutMs: number;
  /** Until when connectors that share one redirect URL take new connections. */
  readonly commonRedirectUntilMs: number;
};

export function readCalls(values: ValuesOf<typeof callVariables>): CallSettings {
  return {
    maxBodyBytes: values.PATCHBAY_MAX_BODY_BYTES,
    callTimeoutMs: values.PATCHBAY_CALL_TIMEOUT_MS,
    commonRedirectUntilMs: Date.parse(`${values.PATCHBAY_SHARED_REDIRECT_UNTIL}T00:00:00Z`),
  };
}
