import type { JsonObject, OAuthFlow, SecurityScheme } from '../../model.ts';
import { escapePointer } from '../../source/pointer.ts';
import { fromMap, members, someText } from '../writing.ts';
import type { ModernWriting } from './modern-writing.ts';

/** The names that OpenAPI 3 gives the flows. */
const flowNames: Readonly<Record<string, string>> = {
  accessCode: 'authorizationCode',
  application: 'clientCredentials',
  implicit: 'implicit',
  password: 'password',
};

/** Writes the security schemes as components. */
export function writeSecuritySchemes31(writing: ModernWriting): JsonObject | undefined {
  const { securitySchemes } = writing.model;
  if (securitySchemes.size === 0) return undefined;
  return Object.fromEntries(
    [...securitySchemes].map(([name, scheme]) => {
      const written = writing.schemeNames.get(name) ?? name;
      const pointer = `/components/securitySchemes/${escapePointer(written)}`;
      const { description, extensions } = scheme;
      return [
        written,
        members({ ...writeScheme(writing, scheme, pointer), description: someText(description), ...extensions }),
      ];
    }),
  );
}

function writeScheme(writing: ModernWriting, scheme: SecurityScheme, pointer: string): JsonObject {
  switch (scheme.kind) {
    case 'apiKey':
      return { type: 'apiKey', in: scheme.in, name: scheme.name };
    case 'basic':
      return { type: 'http', scheme: 'basic' };
    case 'bearer':
      return members({ type: 'http', scheme: 'bearer', bearerFormat: scheme.format });
    case 'http':
      return { type: 'http', scheme: scheme.scheme };
    case 'openIdConnect':
      return { type: 'openIdConnect', openIdConnectUrl: scheme.discoveryUrl };
    case 'mutualTls':
      return { type: 'mutualTLS' };
    case 'oauth2':
      return { type: 'oauth2', flows: writeFlows(writing, [scheme, ...scheme.otherFlows], pointer) };
  }
}

function writeFlows(writing: ModernWriting, all: readonly OAuthFlow[], pointer: string): JsonObject {
  return Object.fromEntries(
    all.flatMap((flow): [string, JsonObject][] => {
      const stated = Object.hasOwn(flowNames, flow.flow) ? flowNames[flow.flow] : undefined;
      const name = stated ?? (flow.flow === '' ? impliedFlow(flow) : undefined);
      if (name !== undefined) return [[name, writeFlow(name, flow)]];
      writing.lose('openapi-flow', pointer, { flow: flow.flow });
      return [];
    }),
  );
}

function impliedFlow({ authorizationUrl, tokenUrl }: OAuthFlow): string {
  if (authorizationUrl === undefined) return 'clientCredentials';
  return tokenUrl === undefined ? 'implicit' : 'authorizationCode';
}

/** A flow with the addresses that it has to name, empty where the model names none. */
function writeFlow(name: string, { authorizationUrl, tokenUrl, refreshUrl, scopes }: OAuthFlow): JsonObject {
  const asksPerson = name === 'implicit' || name === 'authorizationCode';
  return members({
    authorizationUrl: asksPerson ? (authorizationUrl ?? '') : undefined,
    tokenUrl: name === 'implicit' ? undefined : (tokenUrl ?? ''),
    refreshUrl,
    scopes: fromMap(scopes, (meaning) => meaning),
  });
}
