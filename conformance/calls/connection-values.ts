import type { ConnectionParameter, ConnectorModel, JsonValue, SecurityScheme } from '@patchbay/definition';

/** What a person might enter to connect: a token for a sign-in, one of the offered values, the default, else some text. */
export function connectionValues(model: ConnectorModel): { readonly [name: string]: JsonValue } {
  const { connectionParameters, connectionParameterSets, securitySchemes } = model;
  const parameters = connectionParameters.length > 0 ? connectionParameters : connectionParameterSets[0]?.parameters;
  if (parameters !== undefined && parameters.length > 0) {
    return Object.fromEntries(parameters.map((one) => [one.name, entered(one)]));
  }
  // The connector asks for nothing, and its definition may still need a credential.
  const names = [...securitySchemes].flatMap(([name, scheme]) => schemeNames(name, scheme));
  return Object.fromEntries(names.map((name) => [name, 'some-secret']));
}

function schemeNames(name: string, { kind }: SecurityScheme): readonly string[] {
  switch (kind) {
    case 'apiKey':
      return [name];
    case 'basic':
      return ['username', 'password'];
    default:
      return ['token'];
  }
}

function entered({ name, type, allowedValues, default: preset }: ConnectionParameter): JsonValue {
  if (type === 'oauthSetting') return 'some-token';
  const given = allowedValues[0]?.value ?? preset;
  return given === undefined || given === '' ? `some-${name.replaceAll(/\W/g, '-')}` : given;
}
