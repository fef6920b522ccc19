import type { JsonObject, JsonValue, ResponseModel } from '../model.ts';
import { readHeaders } from '../operation/read-headers.ts';
import { escapePointer } from '../source/pointer.ts';
import { extensionsOf, isObject, member, type Reading } from '../source/reading.ts';
import { follow } from '../source/references.ts';
import {
  type MediaType,
  otherShapes,
  preferredMediaType,
  readContent,
  readExample,
  readMediaSchema,
} from './media-types.ts';
import type { Titled } from './read-parameters.ts';

export type Responses = { readonly responses: readonly ResponseModel[]; readonly produces: readonly string[] };

type Answer = { readonly response: ResponseModel; readonly mediaTypes: readonly string[] };

/** Reads an operation's responses; `produces` are the media types of the good ones, in each the one that is read first. */
export function readResponses(reading: Reading, operation: Titled): Responses {
  const { value, pointer, title } = operation;
  const entries = Object.entries(reading.object(value, 'responses', pointer)).filter(
    ([status]) => !status.startsWith('x-'),
  );
  if (entries.length === 0) reading.report('responses-missing', pointer, { operation: title });
  const answers = entries.flatMap(([status, item]): Answer[] => {
    const at = `${pointer}/responses/${escapePointer(status)}`;
    if (!isObject(item)) return [];
    const target = follow(reading, item, at);
    return target === undefined ? [] : [readResponse(reading, { ...target, title }, status, item)];
  });
  const good = answers.filter(({ response }) => response.status.startsWith('2'));
  const usual = good.length > 0 ? good : answers.filter(({ response }) => response.status === 'default');
  return {
    responses: answers.map((one) => one.response),
    produces: [...new Set(usual.flatMap((one) => one.mediaTypes))],
  };
}

function readResponse(
  reading: Reading,
  { value, pointer, title }: Titled,
  status: string,
  item: { readonly [name: string]: unknown },
): Answer {
  const content = readContent(reading, value, pointer);
  const used = preferredMediaType(content);
  if (used !== undefined) reportOthers(reading, content, used, title);
  if (Object.keys(reading.object(value, 'links', pointer)).length > 0) {
    reading.lose('links-not-carried', `${pointer}/links`, { operation: title, status });
  }
  const beside = Object.hasOwn(item, 'description') ? item['description'] : undefined;
  const stated = reading.string(value, 'description', pointer) ?? reading.string(value, 'summary', pointer) ?? '';
  const examples = readExamples(reading, content);
  const response: ResponseModel = {
    status: /^[1-5]xx$/i.test(status) ? status.toUpperCase() : status,
    description: typeof beside === 'string' ? beside : stated,
    ...(used !== undefined && hasShape(used) && { schema: readMediaSchema(reading, used) }),
    headers: readHeaders(reading, value, pointer),
    ...(Object.keys(examples).length > 0 && { examples }),
    extensions: extensionsOf(value),
  };
  const mediaTypes = used === undefined ? [] : [used, ...content.filter((one) => one !== used)];
  return { response, mediaTypes: mediaTypes.map(({ name }) => name.trim()) };
}

/** The first example of each media type. */
function readExamples(reading: Reading, content: readonly MediaType[]): JsonObject {
  const examples = content.flatMap((media): [string, JsonValue][] => {
    const example = readExample(reading, media.value, media.pointer, `The answer as ${media.name}`);
    return example === undefined ? [] : [[media.name, example]];
  });
  return Object.fromEntries(examples);
}

function hasShape({ value }: MediaType): boolean {
  return member(value, 'schema') !== undefined || member(value, 'itemSchema') !== undefined;
}

function reportOthers(reading: Reading, content: readonly MediaType[], used: MediaType, operation: string): void {
  for (const other of otherShapes(content, used)) {
    const details = { operation, part: 'answer', kept: used.name, other: other.name };
    reading.lose('media-type-not-carried', other.pointer, details);
  }
}
