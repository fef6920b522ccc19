import type { Subject } from '../subject.ts';
import type { OperationView } from './operation-view.ts';
import { isDynamic, propertiesOf, propertyAt } from './properties-of.ts';
import type { Place } from './resolve.ts';

/** Something that an operation takes: a parameter, the body, or a property of the body. */
export type OperationInput = {
  readonly kind: 'parameter' | 'body' | 'property';
  readonly name: string;
  readonly required: boolean;
  /** Where its type, default and visibility are said. */
  readonly schema: Place;
};

/**
 * What a name means among an operation's inputs, every meaning it has: a parameter, the body, a property of the body by its name
 * alone, or by a path from the body's name. Undefined when that cannot be told because the body is not described.
 */
export function findInputs(
  subject: Subject,
  operation: OperationView,
  name: string,
): readonly OperationInput[] | undefined {
  const found: OperationInput[] = operation.parameters
    .filter((one) => one.name === name)
    .map((one) => ({ kind: 'parameter', name, required: one.required, schema: one.schema }));
  const { body } = operation;
  if (body === undefined) return found;
  const schema = body.schema && subject.resolve(body.schema);
  if (name === body.name) {
    return [...found, { kind: 'body', name, required: body.required, schema: schema ?? body }];
  }
  if (schema === undefined) return found.length > 0 ? found : undefined;
  const [first, ...rest] = name.split('/');
  const path = first === body.name && rest.length > 0 ? rest : name.split('/');
  const property = propertyAt(subject, schema, path);
  if (property !== undefined) {
    const required = isRequired(subject, schema, path);
    return [...found, { kind: 'property', name, required: required && body.required, schema: property }];
  }
  const isOpen = isDynamic(subject, schema) || propertiesOf(subject, schema).size === 0;
  return found.length === 0 && isOpen ? undefined : found;
}

function isRequired(subject: Subject, schema: Place, path: readonly string[]): boolean {
  const holder = propertyAt(subject, schema, path.slice(0, -1));
  const required = holder?.value['required'];
  return Array.isArray(required) && required.includes(path.at(-1) ?? '');
}
