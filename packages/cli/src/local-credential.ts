import { ConnectorError, completeCredential, signInFor } from '@patchbay/connector';
import {
  type Credential,
  CredentialError,
  discoverAddresses,
  discoveryAddress,
  isUnattended,
  obtainTokens,
  withAddresses,
} from '@patchbay/credential';
import type { ConnectorModel, JsonObject } from '@patchbay/definition';
import { asFetch, type Egress } from '@patchbay/egress';
import { networkRules } from './outbound.ts';

/** Stands for a token where nothing is sent; shown as `***` like any other. */
const placeholder = 'access-token';

/**
 * The credential of a connection that is given as values: a token is asked for where that needs nobody. Throws `ConnectorError` where
 * somebody would have to sign in, and for everything that is missing.
 */
export async function localCredential(
  model: ConnectorModel,
  values: JsonObject,
  { egress, send }: { readonly egress: Egress; readonly send: boolean },
): Promise<Credential> {
  try {
    const signIn = signInFor(model, values);
    const { oauth, credential } = signIn;
    if (oauth === undefined) return credential;
    if (!send) return completeCredential(signIn, placeholder);
    if (!isUnattended(oauth)) {
      throw new ConnectorError(
        'credential-missing',
        'Somebody has to sign in for this connector. Give an access token as "token", or connect on a server.',
      );
    }
    const access = { fetch: asFetch(egress, networkRules, { timeoutMs: 30_000 }), nowMs: Date.now };
    const address = discoveryAddress(oauth);
    const known = address === undefined ? oauth : withAddresses(oauth, await discoverAddresses(address, access.fetch));
    return completeCredential(signIn, (await obtainTokens(known, undefined, access)).accessToken);
  } catch (error) {
    if (!(error instanceof CredentialError)) throw error;
    throw new ConnectorError('credential-missing', error.message, { cause: error });
  }
}
