import type { Reading } from '../source/reading.ts';
import type { CapturedCredential, CapturedParameter } from './captured-request.ts';
import { isSecretName, secretParameter } from './credential-headers.ts';

export type QueryPair = {
  readonly name: string;
  readonly value: string;
  readonly description?: string;
  readonly required?: boolean;
  readonly pointer: string;
};

/** The query of a request as parameters; what holds a secret becomes how it is authenticated. */
export function captureQuery(
  reading: Reading,
  pairs: readonly QueryPair[],
): { readonly parameters: readonly CapturedParameter[]; readonly credentials: readonly CapturedCredential[] } {
  const parameters: CapturedParameter[] = [];
  const credentials: CapturedCredential[] = [];
  for (const { name, value, description = '', required = false, pointer } of pairs) {
    if (name === '') continue;
    if (isSecretName(name)) {
      credentials.push(secretParameter('query', name));
      reading.lose('secret-not-kept', pointer, { name });
    } else parameters.push({ name, in: 'query', description, required, values: [value], pointer });
  }
  return { parameters, credentials };
}
