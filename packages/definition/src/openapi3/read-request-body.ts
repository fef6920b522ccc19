import type { BodyModel, JsonObject, ParameterModel } from '../model.ts';
import { readLabels } from '../operation/read-labels.ts';
import { readBehind } from '../schema/read-schema.ts';
import { extensionsOf, isObject, isTrue, keptMember, member, type Reading } from '../source/reading.ts';
import { follow } from '../source/references.ts';
import {
  concreteMediaType,
  isMultipartForm,
  isUrlForm,
  type MediaType,
  otherShapes,
  preferredMediaType,
  readContent,
  readMediaSchema,
  withExample,
} from './media-types.ts';
import { readFormFields } from './read-form-fields.ts';
import type { Titled } from './read-parameters.ts';

export type RequestBody = {
  readonly body?: BodyModel;
  /** The fields of a form. */
  readonly fields: readonly ParameterModel[];
  readonly consumes: readonly string[];
};

const nothing: RequestBody = { fields: [], consumes: [] };
/** Where authors and converters keep the name that the body has for callers: in the body, or in the operation. */
const bodyNames = ['x-ms-requestBody-name', 'x-bodyName'] as const;
export const operationNames = ['x-codegen-request-body-name'] as const;
const modelled = new Set<string>(['x-ms-summary', 'x-ms-visibility', ...bodyNames]);

/** Reads a Request Body Object: as a whole document, or a form field by field. `taken` are the names of the other parameters. */
export function readRequestBody(reading: Reading, operation: Titled, taken: ReadonlySet<string>): RequestBody {
  const { value, pointer, title } = operation;
  const item = member(value, 'requestBody');
  const target = isObject(item) ? follow(reading, item, `${pointer}/requestBody`) : undefined;
  if (target === undefined) return nothing;
  const content = readContent(reading, target.value, target.pointer);
  const used = preferredMediaType(content);
  if (used === undefined) {
    reading.report('body-without-content', target.pointer, { operation: title });
    const any = { name: 'application/json', value: {}, pointer: target.pointer };
    return { body: readBody(reading, target, any, bodyName(target.value, value, taken)), fields: [], consumes: [] };
  }
  for (const other of otherShapes(content, used)) {
    const [kept, left] = [used.name, other.name];
    reading.lose('media-type-not-carried', other.pointer, { operation: title, part: 'body', kept, other: left });
  }
  for (const name of ['prefixEncoding', 'itemEncoding']) {
    if (member(used.value, name) === undefined) continue;
    reading.lose('part-encoding-not-carried', used.pointer, { operation: title, member: name });
  }
  const consumes = [concreteMediaType(used.name)];
  // What Swagger 2.0 sends as a form from one value is kept as one.
  const isWhole = keptMember(target.value, 'in') === 'body';
  if (!isWhole && (isMultipartForm(used.name) || isUrlForm(used.name))) {
    const isRequired = member(target.value, 'required') !== false;
    const fields = readFormFields(reading, used, { operation: title, isRequired, location: 'formData' });
    if (fields !== undefined) return { fields, consumes };
  }
  const name = bodyName(target.value, value, taken);
  return {
    body: readBody(reading, target, used, name),
    fields: [],
    consumes: [...consumes, ...alternatives(content, used)],
  };
}

/** Other media types for the same document. */
function alternatives(content: readonly MediaType[], used: MediaType): readonly string[] {
  const others = new Set(otherShapes(content, used));
  const same = content.filter((one) => one !== used && !others.has(one) && !one.name.includes('*'));
  return same.map(({ name }) => name).filter((name) => !isMultipartForm(name) && !isUrlForm(name));
}

function readBody(
  reading: Reading,
  { value, pointer }: { readonly value: JsonObject; readonly pointer: string },
  media: MediaType,
  name: string,
): BodyModel {
  const schema = withExample(
    reading,
    readMediaSchema(reading, media),
    media.value,
    media.pointer,
    `The body as ${media.name}`,
  );
  const defaultValue = schema.default ?? readBehind(reading, schema).default;
  return {
    name,
    required: isTrue(member(value, 'required')),
    schema,
    ...readLabels(reading, { value, pointer, name }),
    ...(defaultValue !== undefined && { default: defaultValue }),
    extensions: extensionsOf(value, modelled),
    pointer,
  };
}

function bodyName(body: JsonObject, operation: JsonObject, taken: ReadonlySet<string>): string {
  const stated = [
    ...bodyNames.map((extension) => member(body, extension)),
    ...operationNames.map((extension) => member(operation, extension)),
  ].find((one): one is string => typeof one === 'string' && one !== '');
  const base = stated ?? 'body';
  let name = base;
  for (let number = 2; taken.has(name); number += 1) name = `${base}${number}`;
  return name;
}
