import type { JsonObject, JsonValue, OAuthFlow, SecurityRequirement, SecurityScheme } from '../../model.ts';
import { escapePointer } from '../../source/pointer.ts';
import { ownPrefix } from '../../source/reading.ts';
import { fromMap, members, someItems, someText, type Writing } from '../writing.ts';

/** Writes `securityDefinitions`; what has no like in Swagger 2.0 stands aside, where then every scheme is named, in order. */
export function writeSecurityDefinitions(writing: Writing): JsonObject {
  const schemes = [...writing.model.securitySchemes];
  const stated = schemes.filter(([, scheme]) => canBeStated(scheme));
  const aside = schemes.map(([name, scheme]): [string, JsonValue] => {
    if (canBeStated(scheme)) return [name, {}];
    writing.lose('security-left-out', `/${ownPrefix}securityDefinitions/${escapePointer(name)}`, {
      name,
      kind: titleOf(scheme),
    });
    return [name, keptScheme(scheme)];
  });
  return members({
    securityDefinitions:
      stated.length === 0
        ? undefined
        : Object.fromEntries(
            stated.map(([name, scheme]) => [
              name,
              writeScheme(writing, name, scheme, `/securityDefinitions/${escapePointer(name)}`),
            ]),
          ),
    [`${ownPrefix}securityDefinitions`]: stated.length === schemes.length ? undefined : Object.fromEntries(aside),
  });
}

/** Writes security requirements without the schemes that could not be stated; all of them stand aside then. */
export function writeSecurity(writing: Writing, security: readonly SecurityRequirement[], pointer: string): JsonObject {
  const { securitySchemes } = writing.model;
  const isStated = (name: string): boolean => {
    const scheme = securitySchemes.get(name);
    return scheme === undefined || canBeStated(scheme);
  };
  const whole = security.map(writeRequirement);
  if (security.every((requirement) => [...requirement.keys()].every(isStated))) return { security: whole };
  writing.lose('security-requirement', `${pointer}/${ownPrefix}security`);
  const stated = security
    .map((requirement) => new Map([...requirement].filter(([name]) => isStated(name))))
    .filter((requirement, index) => requirement.size > 0 || security[index]?.size === 0);
  return { security: stated.map(writeRequirement), [`${ownPrefix}security`]: whole };
}

function writeRequirement(requirement: SecurityRequirement): JsonObject {
  return fromMap(requirement, (scopes) => scopes);
}

function canBeStated(scheme: SecurityScheme): boolean {
  return scheme.kind !== 'mutualTls' && !(scheme.kind === 'apiKey' && scheme.in === 'cookie');
}

function titleOf(scheme: SecurityScheme): string {
  switch (scheme.kind) {
    case 'apiKey':
      return `an API key in a ${scheme.in}`;
    case 'basic':
      return 'a name and a password';
    case 'bearer':
      return 'a bearer token';
    case 'http':
      return `the HTTP authentication scheme ${scheme.scheme}`;
    case 'oauth2':
      return 'OAuth 2.0';
    case 'openIdConnect':
      return 'OpenID Connect';
    case 'mutualTls':
      return 'a client certificate';
  }
}

function writeScheme(writing: Writing, name: string, scheme: SecurityScheme, pointer: string): JsonObject {
  const { description, extensions } = scheme;
  switch (scheme.kind) {
    case 'apiKey':
      return members({
        type: 'apiKey',
        in: scheme.in,
        name: scheme.name,
        description: someText(description),
        ...extensions,
      });
    case 'basic':
      return members({ type: 'basic', description: someText(description), ...extensions });
    case 'oauth2':
      return members({
        ...writeOAuth(writing, name, scheme, pointer),
        description: someText(description),
        ...extensions,
      });
    case 'bearer':
    case 'openIdConnect':
      return inAuthorizationHeader(writing, name, scheme, 'Enter “Bearer”, a blank and the access token.', pointer);
    case 'http':
      return inAuthorizationHeader(
        writing,
        name,
        scheme,
        `Enter the whole value of the header, which begins with “${scheme.scheme}”.`,
        pointer,
      );
    case 'mutualTls':
      return {};
  }
}

/** A scheme of the Authorization header as the key that Swagger 2.0 makes of it, with what it is aside. */
function inAuthorizationHeader(
  writing: Writing,
  name: string,
  scheme: SecurityScheme,
  instruction: string,
  pointer: string,
): JsonObject {
  writing.lose('security-as-header', pointer, { name, kind: titleOf(scheme) });
  const aside = Object.entries({ description: null, ...keptScheme(scheme) }).map(
    ([member, value]): [string, JsonValue] => [ownPrefix + member, value],
  );
  return {
    type: 'apiKey',
    in: 'header',
    name: 'Authorization',
    description: scheme.description === '' ? instruction : `${scheme.description} ${instruction}`,
    ...Object.fromEntries(aside),
    ...scheme.extensions,
  };
}

/** A scheme by the names of the model. */
function keptScheme(scheme: SecurityScheme): JsonObject {
  const about = { description: someText(scheme.description) };
  switch (scheme.kind) {
    case 'apiKey':
      return members({ type: 'apiKey', in: scheme.in, name: scheme.name, ...about, ...scheme.extensions });
    case 'bearer':
      return members({ type: 'bearer', format: scheme.format, ...about });
    case 'http':
      return members({ type: 'http', scheme: scheme.scheme, ...about });
    case 'openIdConnect':
      return members({ type: 'openIdConnect', discoveryUrl: scheme.discoveryUrl, ...about });
    case 'mutualTls':
      return members({ type: 'mutualTls', ...about, ...scheme.extensions });
    case 'basic':
    case 'oauth2':
      return {};
  }
}

const flows: ReadonlySet<string> = new Set(['accessCode', 'implicit', 'password', 'application', '']);

function writeOAuth(
  writing: Writing,
  name: string,
  scheme: SecurityScheme & { readonly kind: 'oauth2' },
  pointer: string,
): { readonly [name: string]: JsonValue | undefined } {
  const isKnown = flows.has(scheme.flow);
  if (!isKnown || scheme.otherFlows.length > 0) writing.lose('security-flows', pointer, { name });
  return {
    type: 'oauth2',
    flow: isKnown ? someText(scheme.flow) : 'accessCode',
    authorizationUrl: scheme.authorizationUrl,
    tokenUrl: scheme.tokenUrl,
    scopes: fromMap(scheme.scopes, (meaning) => meaning),
    [`${ownPrefix}flow`]: isKnown ? undefined : scheme.flow,
    [`${ownPrefix}refreshUrl`]: scheme.refreshUrl,
    [`${ownPrefix}deviceAuthorizationUrl`]: scheme.deviceAuthorizationUrl,
    [`${ownPrefix}metadataUrl`]: scheme.metadataUrl,
    [`${ownPrefix}otherFlows`]: someItems(scheme.otherFlows.map(writeFlow)),
  };
}

function writeFlow({
  flow,
  authorizationUrl,
  tokenUrl,
  refreshUrl,
  deviceAuthorizationUrl,
  scopes,
}: OAuthFlow): JsonObject {
  return members({
    flow,
    authorizationUrl,
    tokenUrl,
    refreshUrl,
    deviceAuthorizationUrl,
    scopes: fromMap(scopes, (meaning) => meaning),
  });
}
