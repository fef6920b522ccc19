import type { JsonObject, JsonValue } from '../model.ts';
import { createScope, type Scope } from '../sample/variables.ts';
import { isObject, isTrue, member, type Reading } from '../source/reading.ts';
import type {
  PostmanAuth,
  PostmanBody,
  PostmanCollection,
  PostmanExample,
  PostmanFolder,
  PostmanRequest,
} from './postman-request.ts';
import { readAuth } from './read-auth.ts';
import { readDescription, readFields, textOf } from './read-fields.ts';
import { readUrl } from './read-url.ts';
import { reportScripts, scopeOf } from './scopes.ts';

type Around = {
  readonly folders: readonly string[];
  readonly auth: PostmanAuth | undefined;
  readonly scope: Scope;
};

/** Reads a collection of version 2.0 or 2.1 (schema.postman.com), folders and all, in document order. */
export function readCollection2(reading: Reading, root: JsonObject, pointer: string): PostmanCollection {
  const info = reading.object(root, 'info', pointer);
  const folders: PostmanFolder[] = [];
  const requests: PostmanRequest[] = [];
  const outermost: Around = {
    folders: [],
    auth: readAuth(member(root, 'auth'), `${pointer}/auth`),
    scope: scopeOf(member(root, 'variable'), createScope(new Map())),
  };
  reportScripts(reading, root, pointer);
  const walk = (parent: JsonObject, at: string, around: Around): void => {
    for (const [index, item] of reading.array(parent, 'item', at).entries()) {
      const here = `${at}/item/${index}`;
      if (!isObject(item)) continue;
      reportScripts(reading, item, here);
      const inner: Around = { ...around, scope: scopeOf(member(item, 'variable'), around.scope) };
      const request = member(item, 'request');
      if (isObject(request) || typeof request === 'string')
        requests.push(readItem(reading, item, request, here, inner));
      else if (Array.isArray(member(item, 'item'))) {
        const name = textOf(member(item, 'name'));
        folders.push({ name, description: readDescription(member(item, 'description')) });
        const auth = readAuth(member(item, 'auth'), `${here}/auth`) ?? around.auth;
        walk(item, here, { ...inner, auth, folders: [...around.folders, name] });
      }
    }
  };
  walk(root, pointer, outermost);
  return {
    name: textOf(member(info, 'name')).trim(),
    description: readDescription(member(info, 'description')),
    version: readVersion(member(info, 'version')),
    folders,
    requests,
  };
}

function readItem(
  reading: Reading,
  item: JsonObject,
  request: JsonObject | string,
  pointer: string,
  around: Around,
): PostmanRequest {
  const at = `${pointer}/request`;
  const name = textOf(member(item, 'name'));
  const examples = reading.array(item, 'response', pointer).filter(isObject).map(readExample);
  const about = { name, folders: around.folders, examples, find: around.scope.find, pointer };
  if (typeof request === 'string') {
    const description = readDescription(member(item, 'description'));
    return { ...about, description, method: 'GET', url: readUrl(request, at), headers: [], ...authOf(around.auth) };
  }
  const isPruned = !isTrue(member(reading.object(item, 'protocolProfileBehavior', pointer), 'disableBodyPruning'));
  const method = textOf(member(request, 'method')) || 'GET';
  const body = isPruned && withoutBody.has(method.toUpperCase()) ? undefined : readBody(request, at);
  return {
    ...about,
    description: readDescription(member(request, 'description')) || readDescription(member(item, 'description')),
    method,
    url: readUrl(member(request, 'url'), `${at}/url`),
    headers: readFields(member(request, 'header'), `${at}/header`),
    ...(body !== undefined && { body }),
    ...authOf(readAuth(member(request, 'auth'), `${at}/auth`) ?? around.auth),
  };
}

/** Methods that Postman sends no body with, unless told to. */
export const withoutBody: ReadonlySet<string> = new Set(['GET', 'HEAD', 'COPY', 'PURGE', 'UNLOCK']);

function authOf(auth: PostmanAuth | undefined): { readonly auth?: PostmanAuth } {
  return auth === undefined ? {} : { auth };
}

function readBody(request: JsonObject, pointer: string): PostmanBody | undefined {
  const body = member(request, 'body');
  if (!isObject(body) || isTrue(member(body, 'disabled'))) return undefined;
  const mode = textOf(member(body, 'mode'));
  const at = `${pointer}/body`;
  switch (mode) {
    case 'raw': {
      const options = member(body, 'options');
      const raw = isObject(options) ? member(options, 'raw') : undefined;
      const language = isObject(raw) ? textOf(member(raw, 'language')).toLowerCase() : '';
      return { kind: 'raw', text: textOf(member(body, 'raw')), language, pointer: at };
    }
    case 'urlencoded':
      return { kind: mode, fields: readFormFields(member(body, mode), `${at}/${mode}`), pointer: at };
    case 'formdata':
      return { kind: mode, fields: readFields(member(body, mode), `${at}/${mode}`), pointer: at };
    case 'graphql':
      return { ...readGraphql(member(body, mode)), pointer: at };
    case 'file':
      return { kind: 'file', pointer: at };
    default:
      return undefined;
  }
}

/** A url-encoded body may be one text. */
function readFormFields(value: JsonValue | undefined, pointer: string) {
  if (typeof value !== 'string') return readFields(value, pointer);
  const rows = value.split('&').map((pair): JsonValue => {
    const [key = ''] = pair.split('=', 1);
    return { key, value: pair.slice(key.length + 1) };
  });
  return readFields(rows, pointer).map((field) => ({ ...field, pointer }));
}

export function readGraphql(value: JsonValue | undefined) {
  const graphql = isObject(value) ? value : {};
  const variables = member(graphql, 'variables');
  return {
    kind: 'graphql' as const,
    query: textOf(member(graphql, 'query')),
    variables: isObject(variables) ? JSON.stringify(variables) : textOf(variables),
  };
}

function readExample(example: JsonObject): PostmanExample {
  const body = member(example, 'body');
  const code = textOf(member(example, 'code'));
  return {
    name: textOf(member(example, 'name')),
    code: /^[1-5]\d\d$/.test(code) ? code : '',
    headers: readFields(member(example, 'header'), ''),
    ...(typeof body === 'string' && { body }),
  };
}

function readVersion(value: JsonValue | undefined): string {
  if (!isObject(value)) return textOf(value);
  return ['major', 'minor', 'patch'].map((part) => textOf(member(value, part)) || '0').join('.');
}
