import type { JsonObject, JsonValue, OAuthFlow } from '../model.ts';
import type { CapturedCredential } from '../sample/captured-request.ts';
import { type FindValue, replaceVariables } from '../sample/variables.ts';
import { isObject, member } from '../source/reading.ts';
import type { PostmanAuth } from './postman-request.ts';
import { textOf } from './read-fields.ts';

const about = { description: '', extensions: {} } as const;

/** Reads an `auth` object: its attributes are a list of keys and values (2.1) or an object (2.0). Undefined: nothing is stated, so what is around it counts. */
export function readAuth(value: JsonValue | undefined, pointer: string): PostmanAuth | undefined {
  if (!isObject(value)) return undefined;
  const type = textOf(member(value, 'type')).toLowerCase();
  if (type === '') return undefined;
  return { type, attributes: readAttributes(member(value, textOf(member(value, 'type')))), pointer };
}

/** Reads the helper of a request of version 1; its attributes may be JSON in a text. */
export function readHelper(request: JsonObject, pointer: string): PostmanAuth | undefined {
  const helper = textOf(member(request, 'currentHelper'));
  if (helper === '' || helper === 'normal') return undefined;
  const attributes = member(request, 'helperAttributes');
  const type = helper.toLowerCase().replace(/auth$/, '');
  return {
    type: helperTypes[type] ?? type,
    attributes: readAttributes(typeof attributes === 'string' ? parse(attributes) : attributes),
    pointer: `${pointer}/currentHelper`,
  };
}

const helperTypes: Readonly<Record<string, string>> = { awssigv4: 'awsv4', o: 'oauth1', no: 'noauth' };

/** The security schemes of an `auth`; none for `noauth` and for what is not known. Secrets are not read. */
export function credentialsOf(auth: PostmanAuth, find: FindValue): readonly CapturedCredential[] {
  const text = (name: string): string => replaceVariables(textOf(auth.attributes.get(name)), find).trim();
  switch (auth.type) {
    case 'apikey': {
      const name = text('key');
      const location = text('in') === 'query' ? 'query' : 'header';
      return name === '' ? [] : [{ kind: 'apiKey', in: location, name, ...about }];
    }
    case 'basic':
      return [{ kind: 'basic', ...about }];
    case 'bearer':
    case 'jwt':
    case 'asap':
      return [{ kind: 'bearer', ...about }];
    case 'oauth2':
      return [readOAuth(text)];
    case 'oauth1':
      return [{ kind: 'http', scheme: 'oauth', ...about }];
    case 'awsv4':
      return [{ kind: 'http', scheme: 'aws4-hmac-sha256', ...about }];
    case 'edgegrid':
      return [{ kind: 'http', scheme: 'eg1-hmac-sha256', ...about }];
    case 'digest':
    case 'hawk':
    case 'ntlm':
      return [{ kind: 'http', scheme: auth.type, ...about }];
    default:
      return [];
  }
}

const flows: Readonly<Record<string, string>> = {
  authorization_code: 'accessCode',
  authorization_code_with_pkce: 'accessCode',
  implicit: 'implicit',
  password_credentials: 'password',
  client_credentials: 'application',
};

/** Without the addresses of a grant there is only a token, which is sent as one. */
function readOAuth(text: (name: string) => string): CapturedCredential {
  const [authorizationUrl, tokenUrl, refreshUrl] = [text('authUrl'), text('accessTokenUrl'), text('refreshTokenUrl')];
  if (authorizationUrl === '' && tokenUrl === '') {
    const isInQuery = text('addTokenTo') === 'queryParams';
    return isInQuery ? { kind: 'apiKey', in: 'query', name: 'access_token', ...about } : { kind: 'bearer', ...about };
  }
  const stated = flows[text('grant_type')];
  const flow: OAuthFlow = {
    flow: stated ?? (authorizationUrl === '' ? 'application' : 'accessCode'),
    ...(authorizationUrl !== '' && { authorizationUrl }),
    ...(tokenUrl !== '' && { tokenUrl }),
    ...(refreshUrl !== '' && { refreshUrl }),
    scopes: new Map(
      text('scope')
        .split(/[\s,]+/)
        .filter((scope) => scope !== '')
        .map((scope) => [scope, '']),
    ),
  };
  return { kind: 'oauth2', ...flow, otherFlows: [], ...about };
}

function readAttributes(value: JsonValue | undefined): ReadonlyMap<string, JsonValue> {
  if (Array.isArray(value)) {
    return new Map(
      value
        .filter(isObject)
        .map((row): [string, JsonValue] => [textOf(member(row, 'key')), member(row, 'value') ?? '']),
    );
  }
  return new Map(isObject(value) ? Object.entries(value) : []);
}

function parse(text: string): JsonValue {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return null;
  }
}
