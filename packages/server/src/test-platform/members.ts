import type { JsonObject } from '@patchbay/definition';
import type { ApiProvider } from './api-provider.ts';

/** An API behind OAuth 2.0, described: who the token is for. */
export function membersDefinition({ origin }: Pick<ApiProvider, 'origin'>): JsonObject {
  return {
    swagger: '2.0',
    info: { title: 'Members', description: 'Says who you are.', version: '1.0' },
    host: new URL(origin).host,
    basePath: '/api',
    schemes: ['http'],
    securityDefinitions: {
      members: {
        type: 'oauth2',
        flow: 'accessCode',
        authorizationUrl: `${origin}/auth`,
        tokenUrl: `${origin}/token`,
        scopes: { openid: 'who you are', offline_access: 'when you are away' },
      },
    },
    security: [{ members: ['openid', 'offline_access'] }],
    paths: {
      '/me': { get: { operationId: 'GetMe', summary: 'Who am I', responses: { 200: { description: 'Good.' } } } },
    },
  };
}

/** `apiProperties.json` of the same. */
export function membersProperties({ origin }: Pick<ApiProvider, 'origin'>, more: JsonObject = {}): JsonObject {
  const custom = (value: string): JsonObject => ({ value });
  return {
    connectionParameters: {
      token: {
        type: 'oauthSetting',
        oAuthSettings: {
          identityProvider: 'oauth2',
          clientId: '',
          scopes: ['openid offline_access'],
          customParameters: {
            authorizationUrl: custom(`${origin}/auth`),
            tokenUrl: custom(`${origin}/token`),
            refreshUrl: custom(`${origin}/token`),
            deviceAuthorizationUrl: custom(`${origin}/device/auth`),
            prompt: custom('consent'),
          },
          ...more,
        },
      },
    },
  };
}
