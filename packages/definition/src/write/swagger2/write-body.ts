import type { BodyModel, JsonObject } from '../../model.ts';
import { ownPrefix } from '../../source/reading.ts';
import { members, someText, type Writing } from '../writing.ts';
import { writeSchema } from './write-schema.ts';

/** Writes a body as the parameter that Swagger 2.0 makes of it. */
export function writeBody(writing: Writing, body: BodyModel, pointer: string): JsonObject {
  return members({
    name: body.name,
    in: 'body',
    required: body.required ? true : undefined,
    'x-ms-summary': body.summary === body.name ? undefined : body.summary,
    description: someText(body.description),
    'x-ms-visibility': body.visibility === 'normal' ? undefined : body.visibility,
    schema: writeSchema(writing, body.schema, `${pointer}/schema`),
    ...body.extensions,
    [`${ownPrefix}default`]: body.default,
  });
}
