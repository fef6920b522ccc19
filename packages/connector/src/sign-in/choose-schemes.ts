import type { ConnectionParameter, ConnectorModel, SecurityScheme } from '@patchbay/definition';

export type NamedScheme = {
  readonly name: string;
  readonly scheme: SecurityScheme;
  readonly scopes: readonly string[];
};

/** The parameters that count for a connection: those of its set, where the connector has sets. */
export function parametersOf(model: ConnectorModel, set: string | undefined): readonly ConnectionParameter[] {
  const { connectionParameterSets: sets, connectionParameters } = model;
  const chosen = sets.find((one) => one.name === set) ?? (connectionParameters.length === 0 ? sets[0] : undefined);
  return chosen === undefined ? connectionParameters : chosen.parameters;
}

/**
 * The schemes that sign a connection's requests: all of the first requirement that its parameters can serve. Where none can, the first,
 * so that what is missing can be told.
 */
export function chooseSchemes(
  model: ConnectorModel,
  parameters: readonly ConnectionParameter[],
  names: ReadonlySet<string>,
): readonly NamedScheme[] {
  const alternatives = alternativesOf(model);
  const serves = (alternative: readonly NamedScheme[]): boolean =>
    alternative.every((one) => canServe(one, parameters, names));
  const fitting = alternatives.find((one) => one.length > 0 && serves(one));
  if (fitting !== undefined) return fitting;
  // A set of parameters that no scheme belongs to still says how it is meant.
  if (parameters.some(({ type }) => type === 'oauthSetting')) return [];
  const isBasic = ['username', 'password'].every((name) => parameters.some((one) => one.name.toLowerCase() === name));
  if (isBasic && model.connectionParameterSets.length > 0) return [basicScheme];
  return alternatives[0] ?? [];
}

const basicScheme: NamedScheme = {
  name: 'basic',
  scheme: { kind: 'basic', description: '', extensions: {} },
  scopes: [],
};

function alternativesOf(model: ConnectorModel): readonly (readonly NamedScheme[])[] {
  const named = (name: string, scopes: readonly string[]): readonly NamedScheme[] => {
    const scheme = model.securitySchemes.get(name);
    return scheme === undefined ? [] : [{ name, scheme, scopes }];
  };
  const required = model.security
    .map((requirement) => [...requirement].flatMap(([name, scopes]) => named(name, scopes)))
    .filter((alternative) => alternative.length > 0);
  if (required.length > 0) return required;
  return [...model.securitySchemes.keys()].map((name) => named(name, []));
}

function canServe(
  { name, scheme }: NamedScheme,
  parameters: readonly ConnectionParameter[],
  names: ReadonlySet<string>,
): boolean {
  const declares = (...wanted: readonly string[]): boolean =>
    wanted.some((one) => names.has(one) || parameters.some((parameter) => parameter.name === one));
  const secrets = parameters.filter(({ type }) => type === 'securestring');
  switch (scheme.kind) {
    case 'oauth2':
    case 'openIdConnect':
      return parameters.some(({ type }) => type === 'oauthSetting') || declares('token', 'token:clientId');
    case 'apiKey':
    case 'bearer':
      return declares(name, 'api_key', 'apiKey', 'accessKeyId') || secrets.length === 1;
    case 'basic':
      return declares('username') || parameters.length >= 2;
    case 'mutualTls':
      return declares('tls:certificate');
    case 'http':
      return declares('accessKeyId');
  }
}
