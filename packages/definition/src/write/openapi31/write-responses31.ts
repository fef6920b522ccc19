import type { HeaderModel, JsonObject, OperationModel, ResponseModel } from '../../model.ts';
import { member } from '../../source/reading.ts';
import { members, someText } from '../writing.ts';
import type { ModernWriting } from './modern-writing.ts';
import { writeSchema31 } from './write-schema31.ts';

/** Writes the responses by status; the good ones name every media type that the operation answers with. */
export function writeResponses31(
  writing: ModernWriting,
  { responses, produces, responsesExtensions }: OperationModel,
): JsonObject | undefined {
  const hasGood = responses.some(({ status }) => status.startsWith('2'));
  const written = responses.map((response) => {
    const isGood = hasGood ? response.status.startsWith('2') : response.status === 'default';
    return [response.status, writeResponse(writing, response, produces, isGood)];
  });
  const all = { ...Object.fromEntries(written), ...responsesExtensions };
  return Object.keys(all).length === 0 ? undefined : all;
}

function writeResponse(
  writing: ModernWriting,
  { description, schema, headers, examples = {}, extensions }: ResponseModel,
  produces: readonly string[],
  isGood: boolean,
): JsonObject {
  const usual = produces.length === 0 && schema !== undefined ? ['application/json'] : produces;
  const types = new Set([...(isGood || schema !== undefined ? usual : []), ...Object.keys(examples)]);
  const written = schema && writeSchema31(writing, schema);
  const content = [...types].map((type) => [type, members({ schema: written, example: member(examples, type) })]);
  return members({
    description,
    headers: writeHeaders31(writing, headers),
    content: content.length === 0 ? undefined : Object.fromEntries(content),
    ...extensions,
  });
}

export function writeHeaders31(writing: ModernWriting, headers: readonly HeaderModel[]): JsonObject | undefined {
  if (headers.length === 0) return undefined;
  return Object.fromEntries(
    headers.map(({ name, description, schema }) => [
      name,
      members({ description: someText(description), schema: writeSchema31(writing, schema) }),
    ]),
  );
}
