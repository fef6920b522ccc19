import { type BodyModel, type ConnectorModel, type JsonValue, toJsonSchema } from '@patchbay/definition';
import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import { isJsonMediaType, type MockRequest, mediaTypeOf } from '../message.ts';
import type { RequestProblem } from './check-request.ts';

export type CheckBody = (request: MockRequest) => readonly RequestProblem[];

const maxProblems = 10;

/** Compiles what a whole body must be: there when it is required, and JSON that its schema describes where it says that it is JSON. */
export function compileBodyCheck(model: ConnectorModel, body: BodyModel): CheckBody {
  const validate = compileSchema(toJsonSchema(model, body.schema));
  return ({ body: bytes, headers }) => {
    if (bytes.length === 0) return body.required ? [{ in: 'body', message: 'The body is missing.' }] : [];
    const mediaType = mediaTypeOf(headers['content-type']);
    if (mediaType !== '' && !isJsonMediaType(mediaType)) return [];
    const value = parse(bytes);
    if (value === undefined) return [{ in: 'body', message: 'The body is not JSON.' }];
    if (validate === undefined || validate(value)) return [];
    return (validate.errors ?? []).slice(0, maxProblems).map(toProblem);
  };
}

/** A schema that cannot be compiled, e.g. for a pattern that is none, checks nothing. */
function compileSchema(schema: object): ValidateFunction | undefined {
  const ajv = new Ajv2020({
    strict: false,
    allErrors: true,
    validateFormats: false,
    validateSchema: false,
    logger: false,
  });
  try {
    return ajv.compile(schema);
  } catch {
    return undefined;
  }
}

function toProblem({ instancePath, message = 'is not valid' }: ErrorObject): RequestProblem {
  const place = instancePath === '' ? 'The body' : `The body’s ${instancePath}`;
  return { in: 'body', pointer: instancePath, message: `${place} ${message}.` };
}

function parse(bytes: Uint8Array): JsonValue | undefined {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as JsonValue;
  } catch {
    return undefined;
  }
}
