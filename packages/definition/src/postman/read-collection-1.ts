import type { JsonObject, JsonValue } from '../model.ts';
import { createScope, type Scope } from '../sample/variables.ts';
import { isObject, isTrue, member, type Reading } from '../source/reading.ts';
import type {
  PostmanAuth,
  PostmanBody,
  PostmanCollection,
  PostmanExample,
  PostmanField,
  PostmanFolder,
  PostmanRequest,
} from './postman-request.ts';
import { readAuth, readHelper } from './read-auth.ts';
import { readGraphql, withoutBody } from './read-collection-2.ts';
import { readDescription, readFields, textOf } from './read-fields.ts';
import { reportScripts, scopeOf } from './scopes.ts';

type Folder = {
  readonly value: JsonObject;
  readonly pointer: string;
};
type Placed = { readonly folders: readonly string[]; readonly auth: PostmanAuth | undefined; readonly scope: Scope };
const maxFolderDepth = 50;

/** Reads a collection of version 1: flat lists of requests and folders, put in order by lists of identifiers. */
export function readCollection1(reading: Reading, root: JsonObject, pointer: string): PostmanCollection {
  const folders = byId(reading, root, 'folders', pointer);
  const requests = byId(reading, root, 'requests', pointer);
  const strays = Map.groupBy(requests.keys(), (id) => textOf(member(requests.get(id)?.value ?? {}, 'folder')));
  const ordered: PostmanRequest[] = [];
  const placed = new Set<string>();
  const entered = new Set<string>();
  const place = (id: string, around: Placed): void => {
    const found = requests.get(id);
    if (found === undefined || placed.has(id)) return;
    placed.add(id);
    ordered.push(readRequest(reading, found.value, found.pointer, around));
  };
  const enter = (id: string, around: Placed, depth: number): void => {
    const folder = folders.get(id);
    if (folder === undefined || entered.has(id) || depth > maxFolderDepth) return;
    entered.add(id);
    reportScripts(reading, folder.value, folder.pointer);
    const inner: Placed = {
      folders: [...around.folders, textOf(member(folder.value, 'name'))],
      auth: readAuth(member(folder.value, 'auth'), `${folder.pointer}/auth`) ?? around.auth,
      scope: scopeOf(member(folder.value, 'variables'), around.scope),
    };
    for (const inFolder of idsOf(folder.value, 'order')) place(inFolder, inner);
    for (const inFolder of strays.get(id) ?? []) place(inFolder, inner);
    for (const child of idsOf(folder.value, 'folders_order')) enter(child, inner, depth + 1);
  };
  const outermost: Placed = {
    folders: [],
    auth: readAuth(member(root, 'auth'), `${pointer}/auth`),
    scope: scopeOf(member(root, 'variables') ?? member(root, 'variable'), createScope(new Map())),
  };
  reportScripts(reading, root, pointer);
  for (const id of idsOf(root, 'order')) place(id, outermost);
  for (const id of [...idsOf(root, 'folders_order'), ...nestedLast(folders)]) enter(id, outermost, 0);
  for (const id of requests.keys()) place(id, outermost);
  return {
    name: textOf(member(root, 'name')).trim(),
    description: readDescription(member(root, 'description')),
    version: '',
    folders: [...folders.values()].map(
      ({ value }): PostmanFolder => ({
        name: textOf(member(value, 'name')),
        description: readDescription(member(value, 'description')),
      }),
    ),
    requests: ordered,
  };
}

/** Folders that no other one contains, before those that are entered through another. */
function nestedLast(folders: ReadonlyMap<string, Folder>): readonly string[] {
  const nested = new Set([...folders.values()].flatMap(({ value }) => idsOf(value, 'folders_order')));
  const ids = [...folders.keys()];
  return [...ids.filter((id) => !nested.has(id)), ...ids.filter((id) => nested.has(id))];
}

function byId(reading: Reading, root: JsonObject, name: string, pointer: string): ReadonlyMap<string, Folder> {
  const found = new Map<string, Folder>();
  for (const [index, value] of reading.array(root, name, pointer).entries()) {
    if (!isObject(value)) continue;
    const id = textOf(member(value, 'id')) || `#${index}`;
    const key = found.has(id) ? `${id}#${index}` : id;
    found.set(key, { value, pointer: `${pointer}/${name}/${index}` });
  }
  return found;
}

function idsOf(owner: JsonObject, name: string): readonly string[] {
  const ids = member(owner, name);
  return Array.isArray(ids) ? ids.filter((id): id is string => typeof id === 'string') : [];
}

function readRequest(reading: Reading, request: JsonObject, pointer: string, around: Placed): PostmanRequest {
  reportScripts(reading, request, pointer);
  const method = textOf(member(request, 'method')) || 'GET';
  const own = readAuth(member(request, 'auth'), `${pointer}/auth`) ?? readHelper(request, pointer);
  const auth = own ?? around.auth;
  const body = withoutBody.has(method.toUpperCase()) ? undefined : readBody(request, pointer);
  const headerData = member(request, 'headerData');
  const hasHeaderData = Array.isArray(headerData) && headerData.length > 0;
  return {
    name: textOf(member(request, 'name')),
    description: readDescription(member(request, 'description')),
    folders: around.folders,
    method,
    url: readRequestUrl(request, pointer),
    headers: hasHeaderData
      ? readFields(headerData, `${pointer}/headerData`)
      : readFields(member(request, 'headers'), `${pointer}/headers`),
    ...(body !== undefined && { body }),
    ...(auth !== undefined && { auth }),
    examples: reading.array(request, 'responses', pointer).filter(isObject).map(readExample),
    find: scopeOf(member(request, 'variables'), around.scope).find,
    pointer,
  };
}

/** `queryParams` lists what the address has, and what is disabled besides. */
function readRequestUrl(request: JsonObject, pointer: string): PostmanRequest['url'] {
  const text = textOf(member(request, 'url'));
  const queryParams = readFields(member(request, 'queryParams'), `${pointer}/queryParams`);
  const [beforeQuery = ''] = text.split('?', 1);
  return {
    text: queryParams.length > 0 ? beforeQuery : text,
    ...(queryParams.length > 0 && { query: queryParams }),
    variables: readPathVariables(request, pointer),
    pointer: `${pointer}/url`,
  };
}

function readPathVariables(request: JsonObject, pointer: string): readonly PostmanField[] {
  const data = readFields(member(request, 'pathVariableData'), `${pointer}/pathVariableData`);
  const plain = member(request, 'pathVariables');
  if (data.length > 0 || !isObject(plain)) return data;
  const rows = Object.entries(plain).map(([key, value]: [string, JsonValue]): JsonValue => ({ key, value }));
  return readFields(rows, pointer).map((field) => ({ ...field, pointer: `${pointer}/pathVariables` }));
}

function readBody(request: JsonObject, pointer: string): PostmanBody | undefined {
  if (isTrue(member(request, 'dataDisabled'))) return undefined;
  const data = member(request, 'data');
  const at = `${pointer}/data`;
  switch (textOf(member(request, 'dataMode'))) {
    case 'raw': {
      const raw = member(request, 'rawModeData') ?? data;
      const text = Array.isArray(raw) ? raw.map(textOf).join('\n') : textOf(raw);
      return { kind: 'raw', text, language: languageOf(request), pointer: `${pointer}/rawModeData` };
    }
    case 'urlencoded':
      return { kind: 'urlencoded', fields: readFields(data, at), pointer: at };
    case 'params':
      return { kind: 'formdata', fields: readFields(data, at), pointer: at };
    case 'binary':
      return { kind: 'file', pointer: `${pointer}/rawModeData` };
    case 'graphql':
      return { ...readGraphql(member(request, 'graphqlModeData')), pointer: `${pointer}/graphqlModeData` };
    default:
      return undefined;
  }
}

function languageOf(request: JsonObject): string {
  const options = member(request, 'dataOptions');
  const raw = isObject(options) ? member(options, 'raw') : undefined;
  return isObject(raw) ? textOf(member(raw, 'language')).toLowerCase() : '';
}

function readExample(example: JsonObject): PostmanExample {
  const stated = member(example, 'responseCode');
  const code = textOf(isObject(stated) ? member(stated, 'code') : stated);
  const text = member(example, 'text');
  return {
    name: textOf(member(example, 'name')),
    code: /^[1-5]\d\d$/.test(code) ? code : '',
    headers: readFields(member(example, 'headers'), ''),
    ...(typeof text === 'string' && { body: text }),
  };
}
