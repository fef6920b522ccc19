import { clientSecretMembers, memberOf } from '@patchbay/connector';
import type { SecretValues } from '@patchbay/credential';
import type { ConnectorModel, JsonObject, JsonValue } from '@patchbay/definition';
import type { ConnectorRow } from '@patchbay/store';
import { isReference } from './variable-service.ts';

/** Where OAuth settings stand in a connector's properties. */
export type OAuthPlace = {
  /** The parameter set; empty outside of sets. */
  readonly set: string;
  readonly parameter: string;
  readonly settings: JsonObject;
};

/** One address for all connectors, or one for each. */
export type RedirectMode = 'Global' | 'GlobalPerConnector';

/** Every OAuth setting in the properties of a connector. */
export function oauthPlaces(properties: JsonObject): readonly OAuthPlace[] {
  const places: OAuthPlace[] = [];
  changeOAuth(properties, (place) => {
    places.push(place);
    return place.settings;
  });
  return places;
}

/** The properties with every OAuth setting changed; the rest stays as it is. */
export function changeOAuth(properties: JsonObject, change: (place: OAuthPlace) => JsonObject): JsonObject {
  const inParameters = (parameters: JsonValue | undefined, set: string): JsonObject =>
    mapObject(parameters, (name, entry) => {
      if (!isObject(entry)) return entry;
      return mapObject(entry, (member, settings) => {
        if (member.toLowerCase() !== 'oauthsettings' || !isObject(settings)) return settings;
        return change({ set, parameter: name, settings });
      });
    });
  const { connectionParameters, connectionParameterSets: sets } = properties;
  const values = isObject(sets) ? sets['values'] : undefined;
  return {
    ...properties,
    ...(isObject(connectionParameters) && { connectionParameters: inParameters(connectionParameters, '') }),
    ...(isObject(sets) &&
      Array.isArray(values) && {
        connectionParameterSets: {
          ...sets,
          values: values.map((one: JsonValue) =>
            isObject(one) ? { ...one, parameters: inParameters(one['parameters'], String(one['name'] ?? '')) } : one,
          ),
        },
      }),
  };
}

/**
 * Takes the clients' secrets out of properties, wherever OAuth settings hold them. References stay: they are no secrets, and take the
 * place of one that was kept (`referred`, by key). Settings as
 * they are kept: one of the two redirect modes, and no redirect address, which is the server's to say.
 */
export function separateSecrets(
  given: JsonObject,
  before: JsonObject | undefined,
): { readonly properties: JsonObject; readonly secrets: SecretValues; readonly referred: ReadonlySet<string> } {
  const referred = new Set<string>();
  const secrets: { [key: string]: string } = {};
  const modes = new Map(
    oauthPlaces(before ?? {}).map((place) => [secretKey(place, 'redirectMode'), redirectModeOf(place.settings)]),
  );
  const properties = changeOAuth(given, (place) => {
    const kept: { [name: string]: JsonValue } = {};
    for (const [name, value] of Object.entries(place.settings)) {
      const member = name.toLowerCase();
      if (member === 'redirecturl' || member === 'redirectmode') continue;
      const isSecret = clientSecretMembers.includes(member) && typeof value === 'string';
      if (isSecret && isReference(value)) referred.add(secretKey(place, member));
      if (!isSecret || isReference(value)) kept[name] = value;
      else if (value.trim() !== '') secrets[secretKey(place, member)] = value;
    }
    const stated = memberOf(place.settings, 'redirectMode');
    const known = modes.get(secretKey(place, 'redirectMode'));
    const redirectMode = typeof stated === 'string' ? redirectModeOf(place.settings) : (known ?? 'GlobalPerConnector');
    return { ...kept, redirectMode };
  });
  return { properties: strip(properties) as JsonObject, secrets, referred };
}

/** Any other mode than the old one means an address for each connector, as the ecosystem has it. */
export function redirectModeOf(settings: JsonObject): RedirectMode {
  const stated = memberOf(settings, 'redirectMode');
  return typeof stated === 'string' && stated.toLowerCase() === 'global' ? 'Global' : 'GlobalPerConnector';
}

/** Where the identity provider of a connector answers to. */
export function redirectUrlFor(origin: string, connectorName: string, mode: RedirectMode): string {
  const common = `${origin}/oauth/redirect`;
  return mode === 'Global' ? common : `${common}/${redirectName(connectorName)}`;
}

/** What a connector's client secrets are sealed for. */
export function clientContext(connectorName: string): string {
  return `client of ${connectorName}`;
}

/**
 * A connector's properties, with settings for the sign-in that its description asks for where its author wrote none: what there is to
 * fill in.
 */
export function propertiesWithClients({ properties: text }: ConnectorRow, model: ConnectorModel): JsonObject {
  const properties = JSON.parse(text) as JsonObject;
  const says = ['connectionParameters', 'connectionParameterSets'].some((name) => properties[name] !== undefined);
  const derived = says ? [] : model.connectionParameters;
  const entries = derived.map(({ name, type, source }): readonly [string, JsonObject] => {
    const isBare = type === 'oauthSetting' && memberOf(source, 'oAuthSettings') === undefined;
    return [name, isBare ? { ...source, oAuthSettings: bareSettings } : source];
  });
  return entries.length === 0 ? properties : { ...properties, connectionParameters: Object.fromEntries(entries) };
}

const bareSettings: JsonObject = { identityProvider: 'oauth2', clientId: '', redirectMode: 'GlobalPerConnector' };

/** How a connector is called in its redirect address. */
export function redirectName(connectorName: string): string {
  return connectorName.replace(/^shared_/, '');
}

export function secretKey({ set, parameter }: Pick<OAuthPlace, 'set' | 'parameter'>, member: string): string {
  return JSON.stringify([set, parameter, member]);
}

/** A client secret anywhere else is not kept in readable form either. */
function strip(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map((item: JsonValue) => strip(item));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, item]) =>
      /^client_?secret$/i.test(name) && typeof item === 'string' && !isReference(item) ? [] : [[name, strip(item)]],
    ),
  );
}

function mapObject(value: JsonValue | undefined, change: (name: string, item: JsonValue) => JsonValue): JsonObject {
  if (!isObject(value)) return {};
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, change(name, item)]));
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
