import { Ajv, type JSONSchemaType } from 'ajv';
import type { Cassette } from './cassette.ts';

const body = { body: { type: 'string' }, bodyEncoding: { type: 'string', enum: ['utf8', 'base64'] } } as const;

const schema: JSONSchemaType<Cassette> = {
  type: 'object',
  required: ['version', 'title', 'interactions'],
  properties: {
    version: { type: 'integer', const: 1 },
    title: { type: 'string' },
    interactions: {
      type: 'array',
      items: {
        type: 'object',
        required: ['request', 'response'],
        properties: {
          request: {
            type: 'object',
            required: ['method', 'path', 'query', 'body', 'bodyEncoding'],
            properties: { method: { type: 'string' }, path: { type: 'string' }, query: { type: 'string' }, ...body },
          },
          response: {
            type: 'object',
            required: ['status', 'headers', 'body', 'bodyEncoding'],
            properties: {
              status: { type: 'integer', minimum: 200, maximum: 599 },
              headers: {
                type: 'object',
                required: [],
                propertyNames: { pattern: "^[!#$%&'*+.^_`|~0-9a-z-]+$" },
                additionalProperties: { type: 'string', pattern: '^[\\t\\x20-\\x7e\\x80-\\xff]*$' },
              },
              ...body,
            },
          },
        },
      },
    },
  },
};

/** Reads a cassette file's text. Answers what is wrong with it when it is none. */
export function readCassette(text: string): { readonly cassette: Cassette } | { readonly problem: string } {
  const validate = new Ajv({ strict: false }).compile(schema);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { problem: 'it is not JSON' };
  }
  if (validate(value)) return { cassette: value };
  const [first] = validate.errors ?? [];
  return { problem: `${first?.instancePath === '' ? 'it' : first?.instancePath} ${first?.message ?? 'is not valid'}` };
}
