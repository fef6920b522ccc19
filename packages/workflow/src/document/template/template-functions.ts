import type { JsonValue } from '@patchbay/expression';
import { isArray, isObject, type JsonObject } from '../../plan/json.ts';
import { resourceIds } from './resource-ids.ts';
import { templateCollections } from './template-collections.ts';
import { type DeploymentPlace, Unresolved } from './unresolved.ts';

type Arguments = readonly JsonValue[];
export type TemplateFunction = (given: Arguments, place: DeploymentPlace) => JsonValue;

/**
 * The functions of ARM templates that are known before anything is deployed, by lower-case name (ARM, "ARM template functions"). What
 * depends on resources, on the hour or on chance stays unresolved.
 */
export const templateFunctions: { readonly [name: string]: TemplateFunction } = {
  ...resourceIds,
  ...templateCollections,
  add: numeric((left, right) => left + right),
  array: ([value]) => (isArray(value) ? value : [value ?? null]),
  base64: (given) => Buffer.from(text(given, 0), 'utf8').toString('base64'),
  base64tojson: (given) => parse(Buffer.from(text(given, 0), 'base64').toString('utf8')),
  base64tostring: (given) => Buffer.from(text(given, 0), 'base64').toString('utf8'),
  bool: ([value]) => (typeof value === 'string' ? value.toLowerCase() === 'true' : Boolean(value)),
  concat: (given) => (given.every(isArray) ? given.flat() : given.map(asText).join('')),
  contains: ([container, item]) => contains(container, item),
  createarray: (given) => [...given],
  createobject: (given) => createObject(given),
  datauri: (given) => `data:text/plain;charset=utf8;base64,${Buffer.from(text(given, 0), 'utf8').toString('base64')}`,
  datauritostring: (given) => textOfDataUri(text(given, 0)),
  div: numeric((left, right) => (right === 0 ? Number.NaN : Math.trunc(left / right))),
  empty: ([value]) => value === null || value === undefined || sizeOf(value) === 0,
  endswith: (given) => text(given, 0).toLowerCase().endsWith(text(given, 1).toLowerCase()),
  environment: () => ({
    name: 'AzureCloud',
    suffixes: { storage: 'core.windows.net', keyvaultDns: '.vault.azure.net' },
  }),
  equals: ([left, right]) => JSON.stringify(left) === JSON.stringify(right),
  false: () => false,
  first: ([value]) => (isArray(value) ? value[0] : typeof value === 'string' ? value.slice(0, 1) : undefined) ?? null,
  float: ([value]) => number(value),
  format: (given) => format(text(given, 0), given.slice(1)),
  greater: compare((left, right) => left > right),
  greaterorequals: compare((left, right) => left >= right),
  indexof: (given) => text(given, 0).toLowerCase().indexOf(text(given, 1).toLowerCase()),
  int: ([value]) => number(value),
  join: ([list, delimiter]) => join(items(list).map(asText), asText(delimiter ?? '')),
  json: (given) => parse(text(given, 0)),
  last: ([value]) => (isArray(value) ? value.at(-1) : typeof value === 'string' ? value.slice(-1) : undefined) ?? null,
  lastindexof: (given) => text(given, 0).toLowerCase().lastIndexOf(text(given, 1).toLowerCase()),
  length: ([value]) => sizeOf(value ?? null),
  less: compare((left, right) => left < right),
  lessorequals: compare((left, right) => left <= right),
  max: (given) => Math.max(...numbers(given)),
  min: (given) => Math.min(...numbers(given)),
  mod: numeric((left, right) => (right === 0 ? Number.NaN : left % right)),
  mul: numeric((left, right) => left * right),
  not: ([value]) => !value,
  null: () => null,
  padleft: (given) => padLeft(given),
  replace: (given) => join(text(given, 0).split(text(given, 1)), text(given, 2)),
  resourcegroup: (_given, { subscriptionId, resourceGroup, location }) => ({
    id: `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroup}`,
    name: resourceGroup,
    location,
  }),
  skip: ([value, count]) => slice(value, number(count)),
  split: ([value, delimiters]) => split(value, delimiters),
  startswith: (given) => text(given, 0).toLowerCase().startsWith(text(given, 1).toLowerCase()),
  string: ([value]) => asText(value ?? null),
  sub: numeric((left, right) => left - right),
  subscription: (_given, { subscriptionId }) => ({
    id: `/subscriptions/${subscriptionId}`,
    subscriptionId,
    tenantId: subscriptionId,
    displayName: subscriptionId,
  }),
  substring: (given) => substring(text(given, 0), number(given[1]), given[2]),
  take: ([value, count]) => slice(value, 0, number(count)),
  tenant: (_given, { subscriptionId }) => ({ tenantId: subscriptionId }),
  tolower: (given) => text(given, 0).toLowerCase(),
  toupper: (given) => text(given, 0).toUpperCase(),
  trim: (given) => text(given, 0).trim(),
  true: () => true,
  union: (given) => union(given),
  uri: (given) => new URL(text(given, 1), text(given, 0)).href,
  uricomponent: (given) =>
    encodeURIComponent(text(given, 0)).replace(
      /[!'()*]/g,
      (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
    ),
  uricomponenttostring: (given) => decodeURIComponent(text(given, 0)),
};

/** Longer texts than these are no part of a definition. */
const maximumCharacters = 20_000_000;

function text(given: Arguments, index: number): string {
  const value = given[index];
  if (typeof value === 'string') return value;
  throw new Unresolved('an argument that should be a text is none');
}

function number(value: JsonValue | undefined): number {
  const found = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  if (typeof found === 'number' && Number.isFinite(found)) return found;
  throw new Unresolved('an argument that should be a number is none');
}

function numeric(calculate: (left: number, right: number) => number): TemplateFunction {
  return ([left, right]) => number(calculate(number(left), number(right)));
}

function compare(test: (left: number | string, right: number | string) => boolean): TemplateFunction {
  return ([left, right]) =>
    typeof left === 'string' && typeof right === 'string' ? test(left, right) : test(number(left), number(right));
}

function items(value: JsonValue | undefined): Arguments {
  if (isArray(value)) return value;
  throw new Unresolved('an argument that should be a list is none');
}

function numbers(given: Arguments): readonly number[] {
  return (given.length === 1 ? items(given[0]) : given).map(number);
}

function asText(value: JsonValue): string {
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function sizeOf(value: JsonValue): number {
  if (typeof value === 'string' || isArray(value)) return value.length;
  if (isObject(value)) return Object.keys(value).length;
  throw new Unresolved('a number has no length');
}

function contains(container: JsonValue | undefined, item: JsonValue | undefined): boolean {
  if (typeof container === 'string') return typeof item === 'string' && container.includes(item);
  if (isArray(container)) return container.some((one) => JSON.stringify(one) === JSON.stringify(item));
  const name = typeof item === 'string' ? item.toLowerCase() : undefined;
  return isObject(container) && Object.keys(container).some((key) => key.toLowerCase() === name);
}

function createObject(given: Arguments): JsonObject {
  const entries: [string, JsonValue][] = [];
  for (let index = 0; index + 1 < given.length; index += 2)
    entries.push([text(given, index), given[index + 1] ?? null]);
  return Object.fromEntries(entries);
}

function join(parts: readonly string[], delimiter: string): string {
  if (parts.length * delimiter.length > maximumCharacters) throw new Unresolved('the text that it makes is too long');
  return parts.join(delimiter);
}

/** `{0}` and `{{`, as .NET fills them in; formats of numbers and dates are not filled in. */
function format(template: string, given: Arguments): string {
  const longest = given.reduce((most: number, value) => Math.max(most, asText(value).length), 0);
  if ((template.length / 3) * longest > maximumCharacters) throw new Unresolved('the text that it makes is too long');
  return template.replaceAll(/\{\{|\}\}|\{(\d+)\}/g, (found, index: string | undefined) => {
    if (index === undefined) return found.slice(1);
    const value = given[Number(index)];
    if (value === undefined) throw new Unresolved(`there is no argument ${index} to fill in`);
    return asText(value);
  });
}

function padLeft([value, width, padding]: Arguments): string {
  const total = number(width);
  if (total > maximumCharacters) throw new Unresolved('the text that it makes is too long');
  return asText(value ?? '').padStart(total, padding === undefined ? ' ' : asText(padding));
}

function textOfDataUri(uri: string): string {
  const [, isBase64, content = ''] = /^data:[^,]*?(;base64)?,(.*)$/is.exec(uri) ?? [];
  return isBase64 === undefined ? decodeURIComponent(content) : Buffer.from(content, 'base64').toString('utf8');
}

function parse(json: string): JsonValue {
  try {
    return JSON.parse(json) as JsonValue;
  } catch {
    throw new Unresolved('a text that should be JSON is none');
  }
}

function slice(value: JsonValue | undefined, from: number, to?: number): JsonValue {
  return typeof value === 'string' ? value.slice(from, to) : items(value).slice(from, to);
}

function split(value: JsonValue | undefined, delimiters: JsonValue | undefined): JsonValue {
  const all = (isArray(delimiters) ? delimiters : [delimiters ?? '']).map(asText).filter((one) => one !== '');
  const [first] = all;
  if (typeof value !== 'string' || first === undefined) throw new Unresolved('what should be split is no text');
  return all.reduce((found, delimiter) => found.replaceAll(delimiter, () => first), value).split(first);
}

function substring(value: string, from: number, length: JsonValue | undefined): string {
  return value.slice(from, length === undefined ? undefined : from + number(length));
}

function union(given: Arguments): JsonValue {
  if (given.every(isObject)) return Object.fromEntries(given.flatMap((one) => Object.entries(one)));
  const seen = new Map(given.flatMap(items).map((one) => [JSON.stringify(one), one]));
  return [...seen.values()];
}
