import type { CallOptions } from '../contract.ts';
import type { PagingPlace } from './next-target.ts';

/** What a call's options say of where its next pages may be. */
export function pagingPlace({ runtimeUrl, credential }: CallOptions): PagingPlace {
  const isInQuery = credential.kind === 'apiKey' && credential.in === 'query';
  return {
    ...(runtimeUrl !== undefined && { runtimeUrl }),
    ...(isInQuery && { credentialParameter: credential.name }),
  };
}
