import type { Credential } from '@patchbay/credential';
import { type ConnectorModel, type JsonObject, readConnector } from '@patchbay/definition';
import { expect, it } from 'vitest';
import { signInFor } from './sign-in-for.ts';
import { signInKindOf } from './sign-in-kind.ts';

function modelOf(schemes: JsonObject, security: readonly JsonObject[], properties: JsonObject): ConnectorModel {
  const definition = {
    swagger: '2.0',
    info: { title: 'T', version: '1' },
    host: 'abc.execute-api.eu-west-1.amazonaws.com',
    paths: { '/x': { get: { operationId: 'X', responses: { 200: { description: 'd' } } } } },
    securityDefinitions: schemes,
    security: [...security],
  };
  const { model } = readConnector({
    definition: { name: 'd', content: JSON.stringify(definition) },
    properties: { name: 'p', content: JSON.stringify({ properties }) },
  });
  if (model === undefined) throw new Error('no model');
  return model;
}

const key = { type: 'apiKey', in: 'header', name: 'X-Key' };
const basic = { type: 'basic' };
const oauth = { type: 'oauth2', flow: 'application', tokenUrl: 'https://id.test/token', scopes: { read: '' } };
const secret = { type: 'securestring' };
const token = { type: 'oauthSetting' };

const apiKey: Credential = { kind: 'apiKey', in: 'header', name: 'X-Key', value: 'k' };
const basicCredential: Credential = { kind: 'basic', username: 'u', password: 'p' };

it('puts every scheme of one requirement on a request', () => {
  const model = modelOf({ key, basic }, [{ key: [], basic: [] }], {
    connectionParameters: { key: secret, username: secret, password: secret },
  });
  expect(signInFor(model, { key: 'k', username: 'u', password: 'p' })).toEqual({
    credential: { kind: 'all', credentials: [apiKey, basicCredential] },
  });
});

it('takes the first requirement that the parameters of the connector can serve', () => {
  const model = modelOf({ oauth, key }, [{ oauth: [] }, { key: [] }], { connectionParameters: { api_key: secret } });
  expect(signInFor(model, { api_key: 'k' }).credential).toEqual(apiKey);
});

it('signs in with a token and a key on one request', () => {
  const model = modelOf({ oauth, key }, [{ oauth: ['read'], key: [] }], {
    connectionParameters: { token, key: secret },
  });
  const { credential, oauth: settings } = signInFor(model, { key: 'k', 'token:clientId': 'me' });
  expect([credential, settings?.grant, settings?.clientId, settings?.values['scopes']]).toEqual([
    apiKey,
    'client-credentials',
    'me',
    'read',
  ]);
});

it('lets the parameter set that was chosen decide', () => {
  const model = modelOf({ oauth, basic }, [{ oauth: [] }], {
    connectionParameterSets: {
      values: [
        { name: 'person', parameters: { token } },
        { name: 'service', parameters: { username: secret, password: secret } },
        {
          name: 'principal',
          parameters: { token, 'token:grantType': { type: 'string', defaultValue: 'client_credentials' } },
        },
        { name: 'user', parameters: { token, 'token:grantType': { type: 'string', defaultValue: 'code' } } },
      ],
    },
  });
  const at = (parameterSet: string) => signInFor(model, { username: 'u', password: 'p' }, { parameterSet });
  expect(at('service')).toEqual({ credential: basicCredential });
  expect(at('person').oauth?.grant).toBe('client-credentials');
  expect(['principal', 'user'].map((set) => [at(set).oauth?.grant, signInKindOf(model, set)])).toEqual([
    ['client-credentials', 'none'],
    ['authorization-code', 'browser'],
  ]);
});

it('takes a token that somebody brings along', () => {
  const model = modelOf({ oauth }, [{ oauth: [] }], { connectionParameters: { token } });
  expect(signInFor(model, { token: 't' })).toEqual({ credential: { kind: 'bearer', token: 't' } });
});

it('shows a certificate and trusts authorities, whatever the scheme', () => {
  const model = modelOf({ key }, [{ key: [] }], { connectionParameters: { key: secret } });
  const values = { key: 'k', 'tls:certificate': 'c', 'tls:key': 'p', 'tls:ca': 'a' };
  expect(signInFor(model, values)).toEqual({
    credential: { kind: 'all', credentials: [apiKey, { kind: 'clientCertificate', certificate: 'c', key: 'p' }] },
    certificateAuthorities: 'a',
  });
  expect(() => signInFor(model, { key: 'k', 'tls:certificate': 'c' })).toThrow(/without its key/);
});

it('signs requests for AWS, with region and service from the host', () => {
  const scheme = { ...key, name: 'Authorization', 'x-amazon-apigateway-authtype': 'awsSigv4' };
  const model = modelOf({ scheme }, [{ scheme: [] }], {
    connectionParameters: { accessKeyId: { type: 'string' }, secretAccessKey: secret },
  });
  expect(signInFor(model, { accessKeyId: 'i', secretAccessKey: 's' }).credential).toEqual({
    kind: 'awsSignature',
    accessKeyId: 'i',
    secretAccessKey: 's',
    region: 'eu-west-1',
    service: 'execute-api',
  });
});

it('refuses a value that the parameter does not offer, where tokens are asked for', () => {
  const host = { type: 'string', allowedValues: [{ text: 'EU', value: '.eu' }] };
  const settings = {
    identityProvider: 'oauth2generic',
    clientId: 'me',
    customParameters: { tokenUrlTemplate: { value: 'https://accounts.test{customHost}/token' } },
  };
  const model = modelOf({ oauth }, [{ oauth: [] }], {
    connectionParameters: { token: { ...token, oAuthSettings: settings }, 'token:customHost': host },
  });
  expect(signInFor(model, { 'token:customHost': '.eu' }).oauth?.values['customhost']).toBe('.eu');
  expect(() => signInFor(model, { 'token:customHost': '.evil.test' })).toThrow(/not one of its values: \.eu/);
});

it('resolves references in settings, and in nothing that a connection gives', () => {
  const settings = { identityProvider: 'oauth2', clientId: '@environmentVariables("id")', clientSecret: '@x' };
  const model = modelOf({ oauth }, [{ oauth: [] }], {
    connectionParameters: { token: { ...token, oAuthSettings: settings } },
  });
  const resolve = (text: string): string => text.toUpperCase();
  const { oauth: resolved } = signInFor(model, { 'token:audience': '@y' }, { resolve });
  expect([resolved?.clientId, resolved?.values['clientsecret'], resolved?.values['audience']]).toEqual([
    '@ENVIRONMENTVARIABLES("ID")',
    '@X',
    '@y',
  ]);
});
