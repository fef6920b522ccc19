import { resolve } from 'node:path';
import { z } from 'zod';
import type { ConfigurationVariable, ValuesOf } from './configuration-variable.ts';
import { text } from './value-schemas.ts';

/** Where data and keys are kept. */
export const storageVariables = [
  {
    name: 'PATCHBAY_DATA',
    takes: 'a folder',
    example: '/var/lib/patchbay',
    default: './data',
    description: 'The data folder: the database and, unless moved out, the master key.',
    schema: text,
  },
  {
    name: 'PATCHBAY_DATABASE_URL',
    otherName: 'DATABASE_URL',
    takes: 'a postgres:// address',
    example: 'postgres://patchbay:…@db.example.org/patchbay',
    description: 'A PostgreSQL database to use in place of the file in the data folder.',
    schema: z.string().regex(/^postgres(ql)?:\/\//),
  },
  {
    name: 'PATCHBAY_MASTER_KEY_FILE',
    takes: 'a file',
    example: '/etc/patchbay/master.key',
    description: 'The file that holds the master key. Default: `master.key` in the data folder.',
    schema: text,
  },
] as const satisfies readonly ConfigurationVariable[];

export type StorageSettings = {
  /** Absolute path of the data folder. */
  readonly dataFolder: string;
  /** A PostgreSQL database in place of the file in the data folder. */
  readonly databaseUrl?: string;
  readonly masterKeyFile: string;
};

export function readStorage(values: ValuesOf<typeof storageVariables>): StorageSettings {
  const dataFolder = resolve(values.PATCHBAY_DATA);
  const databaseUrl = values.PATCHBAY_DATABASE_URL;
  return {
    dataFolder,
    ...(databaseUrl !== undefined && { databaseUrl }),
    masterKeyFile: resolve(values.PATCHBAY_MASTER_KEY_FILE ?? `${dataFolder}/master.key`),
  };
}
