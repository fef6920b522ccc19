import { z } from 'zod';
import { ConfigurationError } from './configuration-error.ts';
import type { ConfigurationVariable, ValuesOf } from './configuration-variable.ts';
import { count } from './value-schemas.ts';

const allRoles = ['web', 'worker'] as const;
const roles = z
  .string()
  .transform((value) => value.split(',').map((one) => one.trim()))
  .pipe(z.array(z.enum(allRoles)).min(1));

/** What this process does, and how it shares the work with others. */
export const processVariables = [
  {
    name: 'PATCHBAY_ROLES',
    takes: 'web, worker or both with a comma between',
    example: 'worker',
    default: 'web,worker',
    description:
      'What this process does: `web` answers HTTP and starts runs; `worker` advances runs, fires recurrences and looks after subscriptions and polls. A process with one of them needs a PostgreSQL database and `PATCHBAY_PUBLIC_URL`. A worker alone answers only `/healthz`, `/readyz` and `/metrics`.',
    schema: roles,
  },
  {
    name: 'PATCHBAY_REDIS_URL',
    otherName: 'REDIS_URL',
    takes: 'a redis:// or rediss:// address',
    example: 'redis://redis.example.org:6379',
    description:
      'The Redis (or Valkey) by which several processes share the work; needs a PostgreSQL database. `maxmemory-policy` must be `noeviction`. See [scale](scale.md).',
    schema: z.string().regex(/^rediss?:\/\//),
  },
  {
    name: 'PATCHBAY_DRAIN_TIMEOUT_MS',
    takes: 'a number of milliseconds',
    example: '30000',
    default: '10000',
    description: 'How long a stopping server lets requests and runs come to rest.',
    schema: count,
  },
] as const satisfies readonly ConfigurationVariable[];

/** `web` answers HTTP; `worker` advances runs, fires recurrences and keeps watches. */
export type Role = (typeof allRoles)[number];

export type ProcessSettings = {
  /** What this process does. */
  readonly roles: readonly Role[];
  /** The Redis that says which process advances which run; without it the processes find out from the database. */
  readonly redisUrl?: string;
  readonly drainTimeoutMs: number;
};

/** Several processes have one database, and know the address under which people reach them. */
export function readProcesses(
  values: ValuesOf<typeof processVariables>,
  given: { readonly databaseUrl?: string; readonly publicUrl?: string },
): ProcessSettings {
  const redisUrl = values.PATCHBAY_REDIS_URL;
  const chosen = allRoles.filter((role) => values.PATCHBAY_ROLES.includes(role));
  if (given.databaseUrl === undefined && redisUrl !== undefined) {
    throw new ConfigurationError(
      'PATCHBAY_REDIS_URL is set and PATCHBAY_DATABASE_URL is not. Redis serves several processes, and those need a PostgreSQL database: set PATCHBAY_DATABASE_URL, or no Redis.',
    );
  }
  const [role, other] = chosen;
  if (role !== undefined && other === undefined) checkOneRole(role, given);
  return {
    roles: chosen,
    ...(redisUrl !== undefined && { redisUrl }),
    drainTimeoutMs: values.PATCHBAY_DRAIN_TIMEOUT_MS,
  };
}

function checkOneRole(role: Role, given: { readonly databaseUrl?: string; readonly publicUrl?: string }): void {
  if (given.databaseUrl === undefined) {
    throw new ConfigurationError(
      `PATCHBAY_ROLES is "${role}", and the file in the data folder is for one process alone. Set PATCHBAY_DATABASE_URL to a PostgreSQL database that other processes use as well, or leave PATCHBAY_ROLES out.`,
    );
  }
  if (given.publicUrl === undefined) {
    throw new ConfigurationError(
      `PATCHBAY_ROLES is "${role}": set PATCHBAY_PUBLIC_URL to the origin under which people and callers reach the web processes.`,
    );
  }
}
