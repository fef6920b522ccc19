import { isUnattended } from '@patchbay/credential';
import type { ConnectorModel } from '@patchbay/definition';
import { parametersOf } from './choose-schemes.ts';
import { signInFor } from './sign-in-for.ts';

/** What it takes to connect, besides values: nothing, a person in a browser, or a person at another device. */
export type SignInKind = 'none' | 'browser' | 'device';

/** Of a connector, or of one of its parameter sets, as far as it can be told before there are values. */
export function signInKindOf(model: ConnectorModel, parameterSet?: string): SignInKind {
  try {
    const { oauth } = signInFor(model, {}, parameterSet === undefined ? {} : { parameterSet });
    if (oauth === undefined || isUnattended(oauth)) return 'none';
    return oauth.grant === 'device-code' ? 'device' : 'browser';
  } catch {
    // Another scheme on the same request lacks its values: what is left to say is whether somebody signs in besides.
    return parametersOf(model, parameterSet).some(({ type }) => type === 'oauthSetting') ? 'browser' : 'none';
  }
}
