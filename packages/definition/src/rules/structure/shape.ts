import type { JsonValue } from '../../model.ts';
import { isObject } from '../../source/reading.ts';

/** What a member of an object of a description may be. */
export type Shape =
  | { readonly kind: 'any' | 'text' | 'number' | 'boolean' }
  /** One of these texts. */
  | { readonly kind: 'choice'; readonly values: readonly string[] }
  /** An object of the table, by its name there. */
  | { readonly kind: 'object'; readonly name: string }
  | { readonly kind: 'list'; readonly of: Shape }
  /** An object whose member names are free. */
  | { readonly kind: 'map'; readonly of: Shape }
  | { readonly kind: 'either'; readonly of: readonly Shape[] };

/** One kind of object that a specification knows. */
export type ObjectShape = {
  /** As the specification calls it, e.g. `Schema Object`. */
  readonly title: string;
  readonly members: Readonly<Record<string, Shape>>;
  readonly required?: readonly string[];
  /** What members of other names are; absent when there are none but extensions. */
  readonly others?: Shape;
  /** Whether a `$ref` may stand in its place; the container its references must point into, where the specification says so. */
  readonly isReferable?: boolean;
  readonly container?: string;
};

/** Every kind of object of a specification, by a short name; `root` is the document. */
export type Specification = Readonly<Record<string, ObjectShape>>;

export const any: Shape = { kind: 'any' };
export const text: Shape = { kind: 'text' };
export const number: Shape = { kind: 'number' };
export const boolean: Shape = { kind: 'boolean' };
export const choice = (...values: readonly string[]): Shape => ({ kind: 'choice', values });
export const object = (name: string): Shape => ({ kind: 'object', name });
export const list = (of: Shape): Shape => ({ kind: 'list', of });
export const map = (of: Shape): Shape => ({ kind: 'map', of });
export const either = (...of: readonly Shape[]): Shape => ({ kind: 'either', of });

/** Whether a value is of a shape's JSON type; what it contains is not looked at. */
export function hasShape(value: JsonValue, shape: Shape): boolean {
  switch (shape.kind) {
    case 'any':
      return true;
    case 'text':
    case 'choice':
      return typeof value === 'string';
    case 'number':
    case 'boolean':
      return typeof value === shape.kind;
    case 'object':
    case 'map':
      return isObject(value);
    case 'list':
      return Array.isArray(value);
    case 'either':
      return shape.of.some((one) => hasShape(value, one));
  }
}

/** A shape in words: `an array of text`. */
export function describeShape(shape: Shape): string {
  switch (shape.kind) {
    case 'any':
      return 'anything';
    case 'text':
    case 'choice':
      return 'text';
    case 'number':
      return 'a number';
    case 'boolean':
      return 'true or false';
    case 'object':
    case 'map':
      return 'an object';
    case 'list':
      return 'an array';
    case 'either':
      return shape.of.map(describeShape).join(' or ');
  }
}
