import type { Subject } from '../subject.ts';
import type { OperationView } from './operation-view.ts';
import { isDynamic, partsOf, propertiesOf } from './properties-of.ts';
import { memberPlace, type Place } from './resolve.ts';
import { typesOf } from './values.ts';

/** The schema of an operation's good answer: of 200, else 201, else default, else any other 2xx. */
export function resultSchema(subject: Subject, operation: OperationView): Place | undefined {
  const rank = (status: string): number => {
    const order = ['200', '201', 'default'].indexOf(status);
    return order === -1 ? 3 : order;
  };
  const [first] = operation.responses
    .filter((one) => one.schema !== undefined && (one.status === 'default' || /^2/.test(one.status)))
    .toSorted((left, right) => rank(left.status) - rank(right.status));
  return first?.schema && subject.resolve(first.schema);
}

/** What a path of names leads to in an answer: the schema, `none` when there is no such property, `unknown` when that cannot be told. */
export function followPath(subject: Subject, schema: Place, path: string): Place | 'none' | 'unknown' {
  let place: Place | undefined = schema;
  for (const name of path.split('/').filter((part) => part !== '')) {
    if (place === undefined) return 'unknown';
    if (isOpen(subject, place)) return 'unknown';
    const property: Place | undefined = propertiesOf(subject, place).get(name);
    if (property === undefined) return 'none';
    place = subject.resolve(property);
  }
  return place ?? 'unknown';
}

/** Whether a schema certainly is no array. */
export function isNoArray(subject: Subject, schema: Place): boolean {
  if (isOpen(subject, schema)) return false;
  const types = partsOf(subject, schema).flatMap((part) => typesOf(part.value));
  const isObject = types.length === 0 && propertiesOf(subject, schema).size > 0;
  return (types.length > 0 && !types.includes('array')) || isObject;
}

/** The items of an array's schema. */
export function itemsOf(subject: Subject, schema: Place): Place | undefined {
  for (const part of partsOf(subject, schema)) {
    const items = memberPlace(part, 'items');
    if (items !== undefined) return subject.resolve(items);
  }
  return undefined;
}

/** Whether anything may stand in a schema: it is dynamic or says nothing of itself. */
function isOpen(subject: Subject, schema: Place): boolean {
  if (isDynamic(subject, schema)) return true;
  const parts = partsOf(subject, schema);
  const types = parts.flatMap((part) => typesOf(part.value));
  const isObject = types.length === 0 || types.includes('object');
  return isObject && !types.includes('array') && propertiesOf(subject, schema).size === 0;
}
