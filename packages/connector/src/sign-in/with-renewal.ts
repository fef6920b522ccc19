import type { EgressResponse } from '@patchbay/egress';
import type { CallOptions } from '../contract.ts';
import { type ExpiryRules, saysExpired } from './expiry-rules.ts';

/** What became of one attempt. */
export type Attempt<More> = More & { readonly response: EgressResponse };

/**
 * Makes a call, and when the API says that it takes the token no more, renews it and makes the call once again: an API that refuses the
 * token has not acted. A body that is gone with the first attempt keeps the call from being repeated; the next one has the new token.
 */
export async function withRenewal<More>(
  options: CallOptions,
  { rules, isRepeatable }: { readonly rules: ExpiryRules; readonly isRepeatable: boolean },
  send: (options: CallOptions) => Promise<Attempt<More>>,
): Promise<Attempt<More>> {
  const first = await send(options);
  if (options.renewCredential === undefined) return first;
  const { isExpired, response } = await saysExpired(rules, first.response);
  const answered = { ...first, response };
  if (!isExpired) return answered;
  const credential = await options.renewCredential(options.credential);
  if (credential === undefined || !isRepeatable) return answered;
  await response.discard();
  const { renewCredential: _, ...once } = options;
  return send({ ...once, credential });
}
