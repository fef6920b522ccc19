import type { FormatReader } from '../format.ts';
import type { JsonObject, JsonValue, TagModel } from '../model.ts';
import { buildConnector } from '../sample/build-connector.ts';
import { isObject, member, Reading } from '../source/reading.ts';
import { captureRequest } from './capture-request.ts';
import type { PostmanFolder } from './postman-request.ts';
import { readCollection1 } from './read-collection-1.ts';
import { readCollection2 } from './read-collection-2.ts';

/** Postman collections of version 1, 2.0 and 2.1, as exported or as Postman's API wraps them. */
export const postmanFormat: FormatReader = {
  format: 'postman',
  title: 'a Postman collection',
  isMeant: ({ document }) => findCollection(document?.root) !== undefined,
  read: ({ document }, { properties }) => {
    const found = findCollection(document?.root);
    if (document === undefined || found === undefined) return { findings: [], losses: [] };
    const reading = new Reading(document);
    const read = found.version === 1 ? readCollection1 : readCollection2;
    const collection = read(reading, found.collection, found.pointer);
    const requests = collection.requests.flatMap((request) => captureRequest(reading, request) ?? []);
    if (collection.requests.length === 0) reading.report('collection-empty', found.pointer);
    if (requests.length === 0) return { findings: reading.findings, losses: reading.losses };
    const { name: title, description, version } = collection;
    const about = { title, description, version, tags: tagsOf(collection.folders), requests };
    const options = { keptValues: 'test-values', firstAnswerIsDefault: true } as const;
    const model = buildConnector(reading, about, options, properties);
    return { model, findings: reading.findings, losses: reading.losses };
  },
};

type Found = { readonly collection: JsonObject; readonly version: 1 | 2; readonly pointer: string };

function findCollection(root: JsonValue | undefined): Found | undefined {
  if (!isObject(root)) return undefined;
  const inner = member(root, 'collection');
  const version = versionOf(root);
  if (version !== undefined) return { collection: root, version, pointer: '' };
  const wrapped = isObject(inner) ? versionOf(inner) : undefined;
  return isObject(inner) && wrapped !== undefined
    ? { collection: inner, version: wrapped, pointer: '/collection' }
    : undefined;
}

function versionOf(value: JsonObject): 1 | 2 | undefined {
  if (Array.isArray(member(value, 'item'))) return isObject(member(value, 'info')) ? 2 : undefined;
  return Array.isArray(member(value, 'requests')) && typeof member(value, 'name') === 'string' ? 1 : undefined;
}

function tagsOf(folders: readonly PostmanFolder[]): readonly TagModel[] {
  const tags = new Map<string, TagModel>();
  for (const { name, description } of folders) {
    if (name.trim() !== '' && (tags.get(name)?.description ?? '') === '') tags.set(name, { name, description });
  }
  return [...tags.values()];
}
