import type { ConnectorModel, JsonValue, OperationModel } from '@patchbay/definition';
import type { CallOptions, Connector, OperationResult, ParameterValues } from '../contract.ts';
import { ConnectorError } from '../errors.ts';
import { isObject } from '../policies/property-path.ts';
import { atPath, itemsAt } from './answer-path.ts';
import { dynamicArguments } from './dynamic-arguments.ts';
import {
  type DynamicCall,
  type DynamicLevelSource,
  type DynamicValuesSource,
  readSchemaSource,
  readTreeSource,
  readValuesSource,
} from './dynamic-source.ts';
import { extensionsAt, extensionsOf } from './extensions-at.ts';

/** One thing to choose. */
export type DynamicChoice = {
  readonly value: JsonValue;
  readonly title: string;
  readonly description?: string;
  /** Whether it may be chosen; in a tree, some are only there to be opened. */
  readonly isSelectable: boolean;
};

/** One node of a tree: `item` opens it. */
export type DynamicNode = DynamicChoice & {
  readonly isParent: boolean;
  readonly fullTitle?: string;
  readonly mediaType?: string;
  readonly item: JsonValue;
};

/** What dynamic extensions lead to; `waiting`: other parameters have to be chosen first; `none`: there are no such extensions. */
export type Dynamic<T> =
  | { readonly kind: 'found'; readonly value: T }
  | { readonly kind: 'waiting'; readonly missing: readonly string[] }
  | { readonly kind: 'none' };

type Question = {
  readonly connector: Connector;
  readonly model: ConnectorModel;
  readonly operation: OperationModel;
  /** What was chosen so far. */
  readonly given: ParameterValues;
  readonly options: CallOptions;
};

/** The choices of a parameter, or of a property of the body (`x-ms-dynamic-values`, `x-ms-dynamic-list`). Throws `ConnectorError`. */
export async function dynamicValues(question: Question, path: string): Promise<Dynamic<readonly DynamicChoice[]>> {
  const source = readValuesSource(extensionsAt(question.model, question.operation, path));
  if (source === undefined) return { kind: 'none' };
  const answer = await ask(question, source);
  if (answer.kind !== 'found') return answer;
  return { kind: 'found', value: itemsAt(answer.value, source.itemsPath).map((item) => toChoice(item, source)) };
}

/** One level of a parameter's tree (`x-ms-dynamic-tree`, the file picker): the roots, or what is in a node by its item. */
export async function dynamicTree(
  question: Question,
  path: string,
  opened?: JsonValue,
): Promise<Dynamic<readonly DynamicNode[]>> {
  const source = readTreeSource(extensionsAt(question.model, question.operation, path), question.model.extensions);
  if (source === undefined) return { kind: 'none' };
  const level = opened === undefined ? source.open : source.browse;
  const answer = await ask(question, level, opened);
  if (answer.kind !== 'found') return answer;
  const nodes = itemsAt(answer.value, level.itemsPath).map((item) => {
    const isParent = isParentNode(item, level);
    const node = toNode(item, level, isParent);
    return { ...node, isSelectable: isParent ? source.canSelectParents : source.canSelectLeaves };
  });
  return { kind: 'found', value: nodes };
}

/** What can have a schema that only the API knows. */
export type SchemaPlace =
  | { readonly kind: 'input'; readonly path: string }
  | { readonly kind: 'output'; readonly status?: string }
  | { readonly kind: 'notification' };

/** The schema of an input, of an answer or of a notification, as the API tells it now: JSON Schema. */
export async function dynamicSchema(question: Question, place: SchemaPlace): Promise<Dynamic<JsonValue>> {
  const source = readSchemaSource(extensionsOfPlace(question, place));
  if (source === undefined) return { kind: 'none' };
  const answer = await ask(question, source);
  if (answer.kind !== 'found') return answer;
  const found = atPath(answer.value, source.schemaPath);
  if (!isObject(found)) return { kind: 'found', value: {} };
  return { kind: 'found', value: source.isPropertyMap ? { type: 'object', properties: found } : found };
}

function extensionsOfPlace({ model, operation }: Question, place: SchemaPlace) {
  if (place.kind === 'input') return extensionsAt(model, operation, place.path);
  const schema = place.kind === 'notification' ? operation.trigger?.notification?.schema : outputOf(operation, place);
  return schema === undefined ? {} : extensionsOf(model, schema);
}

/** The answer that a flow sees: 200, else 201, else the only one, else the default. */
function outputOf({ responses }: OperationModel, { status }: { readonly status?: string }) {
  const wanted = status === undefined ? ['200', '201', 'default'] : [status];
  const found = wanted.flatMap((one) => responses.filter((response) => response.status === one))[0];
  return (found ?? (responses.length === 1 ? responses[0] : undefined))?.schema;
}

async function ask(
  { connector, given, options }: Question,
  call: DynamicCall,
  selected?: JsonValue,
): Promise<Dynamic<JsonValue>> {
  const found = dynamicArguments(call, given, selected);
  if (found.kind === 'waiting') return found;
  const operation = connector.operation(call.operationId);
  const result = await operation.call(found.values, options);
  if (result.statusCode < 300) return { kind: 'found', value: result.body };
  throw refused(call.operationId, result);
}

function refused(operationId: string, { statusCode, body }: OperationResult): ConnectorError {
  const shown = (typeof body === 'string' ? body : JSON.stringify(body)).slice(0, 200);
  return new ConnectorError(
    'dynamic-refused',
    `${operationId} answered ${statusCode}, so there is nothing to choose from: ${shown}`,
    {
      operationId,
      evidence: String(statusCode),
    },
  );
}

function toChoice(item: JsonValue, source: DynamicValuesSource): DynamicChoice {
  if (!isObject(item)) return { value: item, title: String(item), isSelectable: true };
  const value = atPath(item, source.valuePath) ?? null;
  const title = source.titlePath === undefined ? undefined : atPath(item, source.titlePath);
  const description = source.descriptionPath === undefined ? undefined : atPath(item, source.descriptionPath);
  const selectable = source.selectablePath === undefined ? undefined : atPath(item, source.selectablePath);
  return {
    value,
    title: shownTitle(title ?? value),
    ...(description !== undefined && description !== null && { description: shownTitle(description) }),
    isSelectable: selectable !== false,
  };
}

function toNode(item: JsonValue, source: DynamicLevelSource, isParent: boolean): DynamicNode {
  const { fullTitlePath, mediaTypePath } = source;
  const fullTitle = fullTitlePath === undefined ? undefined : atPath(item, fullTitlePath);
  const mediaType = mediaTypePath === undefined ? undefined : atPath(item, mediaTypePath);
  return {
    ...toChoice(item, source),
    isParent,
    ...(typeof fullTitle === 'string' && { fullTitle }),
    ...(typeof mediaType === 'string' && { mediaType }),
    item,
  };
}

function shownTitle(value: JsonValue): string {
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value ?? '');
}

/** `true`, a path to a boolean, or `(path eq value)`. */
function isParentNode(item: JsonValue, { isParent }: DynamicLevelSource): boolean {
  const text = isParent.trim();
  if (text === 'true' || text === 'false') return text === 'true';
  const comparison = /^\(?\s*([\w@./$-]+)\s+(eq|ne)\s+'?([^')]*)'?\s*\)?$/.exec(text);
  if (comparison === null) return atPath(item, text) === true || String(atPath(item, text)).toLowerCase() === 'true';
  const [, path = '', operator, expected = ''] = comparison;
  const isEqual = String(atPath(item, path) ?? 'null').toLowerCase() === expected.trim().toLowerCase();
  return operator === 'eq' ? isEqual : !isEqual;
}
