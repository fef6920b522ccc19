import { randomBytes, randomUUID } from 'node:crypto';
import type { IdSource } from './engine-contract.ts';

/** Random identities of this process. */
export function createIds(): IdSource {
  return {
    owner: `engine-${randomBytes(8).toString('hex')}`,
    guid: () => randomUUID(),
    random: () => Math.random(),
  };
}
