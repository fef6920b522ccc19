import { memberOf } from '@patchbay/connector';
import { findIdentityProvider } from '@patchbay/credential';
import type { ConnectorModel, JsonValue } from '@patchbay/definition';
import type { ConnectorRow } from '@patchbay/store';
import {
  oauthPlaces,
  propertiesWithClients,
  redirectModeOf,
  redirectUrlFor,
  secretKey,
} from '../services/connector-oauth.ts';

/** How a connector signs in, as its Security tab shows it: facts, no secrets. */
export function securityView(
  row: ConnectorRow,
  model: ConnectorModel,
  options: { readonly origin: string; readonly knownSecrets: ReadonlySet<string> },
): object {
  const schemes = [...model.securitySchemes].map(([name, scheme]) => ({
    name,
    kind: scheme.kind,
    ...(scheme.kind === 'apiKey' && { in: scheme.in, key: scheme.name }),
    ...(scheme.kind === 'oauth2' && { flow: scheme.flow }),
  }));
  const clients = oauthPlaces(propertiesWithClients(row, model)).map((place) => {
    const { settings } = place;
    const provider = textOf(memberOf(settings, 'identityProvider')) ?? 'oauth2';
    const redirectMode = redirectModeOf(settings);
    const secret = memberOf(settings, 'clientSecret');
    return {
      parameterSet: place.set,
      parameter: place.parameter,
      identityProvider: provider,
      title: findIdentityProvider(provider)?.title ?? provider,
      clientId: textOf(memberOf(settings, 'clientId')) ?? '',
      hasSecret: options.knownSecrets.has(secretKey(place, 'clientsecret')) || typeof secret === 'string',
      ...(typeof secret === 'string' && { secretReference: secret }),
      scopes: scopesOf(memberOf(settings, 'scopes')),
      redirectMode,
      redirectUrl: redirectUrlFor(options.origin, row.name, redirectMode),
    };
  });
  return { schemes, clients };
}

function textOf(value: JsonValue | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function scopesOf(value: JsonValue | undefined): readonly string[] {
  const listed = Array.isArray(value) ? value : [value ?? ''];
  return listed.flatMap((one: JsonValue) => String(one).split(/\s+/)).filter((scope) => scope !== '');
}
