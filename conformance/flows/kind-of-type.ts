import type { DataKind } from './data-shape.ts';

const kindsOfTypes: Readonly<Record<string, DataKind>> = {
  string: 'string',
  securestring: 'string',
  int: 'integer',
  integer: 'integer',
  float: 'number',
  bool: 'boolean',
  boolean: 'boolean',
  array: 'array',
  object: 'object',
  secureobject: 'object',
};

/** The kind of data of a type that a parameter or variable is declared with. */
export function kindOfType(type: string | undefined): DataKind | undefined {
  return kindsOfTypes[type?.toLowerCase() ?? ''];
}
