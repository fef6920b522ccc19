import { createRequire } from 'node:module';
import { promisify } from 'node:util';

/** A version of the collection format, as Postman's transformer names it. */
export type CollectionVersion = '1.0.0' | '2.0.0' | '2.1.0';

// Both come without usable types; what is used of them is stated here.
type Converter = {
  readonly convertV2: (
    input: { readonly type: 'string'; readonly data: string },
    options: object,
    callback: (error: unknown, result: Conversion) => void,
  ) => void;
};
type Conversion = {
  readonly result: boolean;
  readonly reason?: string;
  readonly output?: readonly { readonly type: string; readonly data: object }[];
};
type Transformer = {
  readonly convert: (collection: object, options: object, callback: (error: unknown, result: object) => void) => void;
};

const require = createRequire(import.meta.url);

/** Makes a collection of a description with Postman's own importer; answers the reason when it refuses. */
export async function toCollection(description: string): Promise<object | string> {
  const converter = require('openapi-to-postmanv2') as Converter;
  const convert = promisify(converter.convertV2);
  try {
    const { result, reason, output } = await convert({ type: 'string', data: description }, {});
    return (result ? output?.[0]?.data : undefined) ?? reason ?? 'no reason';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** Writes a collection of version 2.1 in another version with Postman's own transformer. */
export async function toVersion(collection: object, version: CollectionVersion): Promise<object> {
  if (version === '2.1.0') return collection;
  const transformer = require('postman-collection-transformer') as Transformer;
  const convert = promisify(transformer.convert);
  // The transformer writes 2.0 only from 1.0.
  const first = await convert(collection, { inputVersion: '2.1.0', outputVersion: '1.0.0', retainIds: true });
  if (version === '1.0.0') return first;
  return convert(first, { inputVersion: '1.0.0', outputVersion: version, retainIds: true });
}
