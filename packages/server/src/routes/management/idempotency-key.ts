import type { FastifyRequest } from 'fastify';
import { PlatformError } from '../../errors/platform-error.ts';

const longestKey = 200;

/** The `Idempotency-Key` of a request, when it has one. Throws `InvalidRequest` for one that is too long. */
export function idempotencyKey({ headers }: FastifyRequest): string | undefined {
  const key = headers['idempotency-key'];
  if (typeof key !== 'string' || key === '') return undefined;
  if (key.length <= longestKey) return key;
  throw new PlatformError('InvalidRequest', `The Idempotency-Key has ${key.length} characters; at most ${longestKey}.`);
}
