import type { JsonObject } from '../../model.ts';
import { readVisibility } from '../../schema/read-schema.ts';
import { escapePointer } from '../../source/pointer.ts';
import { isObject, isTrue, member } from '../../source/reading.ts';
import { listOf, memberPlace, type Place, resolvePlace, textOf } from './resolve.ts';
import type { StructureNode } from './walk.ts';

/** An operation of a description, whatever its version: what rules ask about, with pointers into the author's document. */
export type OperationView = Place & {
  readonly node: StructureNode;
  readonly method: string;
  readonly path: string;
  readonly pathItem: Place;
  /** Empty when the description gives none. */
  readonly id: string;
  /** For messages: the operationId, else method and path. */
  readonly title: string;
  /** Without the body, with those of the path item; one of the operation's own name replaces the path item's. */
  readonly parameters: readonly ParameterView[];
  readonly body?: BodyView;
  readonly responses: readonly ResponseView[];
  readonly isTrigger: boolean;
  readonly isInternal: boolean;
  readonly isDeprecated: boolean;
};

export type ParameterView = Place & {
  readonly name: string;
  readonly in: string;
  readonly required: boolean;
  /** Where the value's type is said: the parameter itself in 2.0. */
  readonly schema: Place;
};

export type BodyView = Place & { readonly name: string; readonly required: boolean; readonly schema?: Place };

export type ResponseView = Place & { readonly status: string; readonly schema?: Place };

/** Views an operation. A node that is no operation of a path (a webhook's, a callback's) has no view. */
export function viewOperation(root: JsonObject, node: StructureNode): OperationView | undefined {
  const item = node.parent;
  if (item === undefined) return undefined;
  const path = pathOf(item);
  if (path === undefined) return undefined;
  const method = (node.path.at(-1) ?? '').toLowerCase();
  const own = declared(root, node);
  const ownNames = new Set(own.map((one) => one.name));
  const all = [...declared(root, item).filter((one) => !ownNames.has(one.name)), ...own];
  const id = textOf(node.value, 'operationId');
  const body = bodyOf(root, node, all);
  return {
    node,
    value: node.value,
    pointer: node.pointer,
    method,
    path,
    pathItem: item,
    id,
    title: id === '' ? `${method.toUpperCase()} ${path}` : id,
    parameters: all.filter((one) => one.in !== 'body'),
    ...(body !== undefined && { body }),
    responses: responsesOf(root, node),
    isTrigger: typeof member(node.value, 'x-ms-trigger') === 'string',
    isInternal: readVisibility(member(node.value, 'x-ms-visibility')) === 'internal',
    isDeprecated: isTrue(member(node.value, 'deprecated')),
  };
}

function pathOf(item: StructureNode): string | undefined {
  if (item.kind !== 'pathItem') return undefined;
  return item.parent?.kind === 'paths' ? item.path.at(-1) : undefined;
}

function declared(root: JsonObject, holder: Place): readonly ParameterView[] {
  return listOf(holder.value, 'parameters').flatMap((item, index): ParameterView[] => {
    const start = isObject(item) ? { value: item, pointer: `${holder.pointer}/parameters/${index}` } : undefined;
    const place = start && resolvePlace(root, start);
    if (place === undefined) return [];
    const location = textOf(place.value, 'in');
    return [
      {
        ...place,
        name: textOf(place.value, 'name'),
        in: location,
        required: isTrue(member(place.value, 'required')),
        schema: memberPlace(place, 'schema') ?? contentSchema(place) ?? place,
      },
    ];
  });
}

function bodyOf(root: JsonObject, node: Place, all: readonly ParameterView[]): BodyView | undefined {
  const parameter = all.find((one) => one.in === 'body');
  if (parameter !== undefined) {
    const schema = memberPlace(parameter, 'schema');
    const { value, pointer, name, required } = parameter;
    return { value, pointer, name, required, ...(schema !== undefined && { schema }) };
  }
  const stated = memberPlace(node, 'requestBody');
  const place = stated && resolvePlace(root, stated);
  if (place === undefined) return undefined;
  const schema = contentSchema(place);
  const required = isTrue(member(place.value, 'required'));
  return { ...place, name: 'body', required, ...(schema !== undefined && { schema }) };
}

function responsesOf(root: JsonObject, node: Place): readonly ResponseView[] {
  const responses = memberPlace(node, 'responses');
  if (responses === undefined) return [];
  return Object.keys(responses.value).flatMap((status): ResponseView[] => {
    if (status.startsWith('x-')) return [];
    const stated = memberPlace(responses, status, escapePointer(status));
    const place = stated && resolvePlace(root, stated);
    if (place === undefined) return [];
    const schema = memberPlace(place, 'schema') ?? contentSchema(place);
    return [{ ...place, status, ...(schema !== undefined && { schema }) }];
  });
}

/** The schema of the first media type that has one. */
function contentSchema(place: Place): Place | undefined {
  const content = memberPlace(place, 'content');
  if (content === undefined) return undefined;
  for (const type of Object.keys(content.value)) {
    const media = memberPlace(content, type, escapePointer(type));
    const schema = media && memberPlace(media, 'schema');
    if (schema !== undefined) return schema;
  }
  return undefined;
}
