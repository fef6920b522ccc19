import { textOf } from './resolve.ts';
import type { StructureNode } from './walk.ts';

/** What an object is for a person: `the property dueDate`, `the parameter status`, `the operation ListLoans`. */
export function nameOf(node: StructureNode): string {
  const last = node.path.at(-1) ?? '';
  const holder = node.path.at(-2);
  switch (node.kind) {
    case 'root':
      return 'the definition';
    case 'operation':
      return `the operation ${textOf(node.value, 'operationId') || `${last.toUpperCase()} ${node.parent?.path.at(-1) ?? ''}`}`;
    case 'parameter':
      return `the parameter ${textOf(node.value, 'name') || last}`;
    case 'pathItem':
      return `the path ${last}`;
    case 'response':
      return `the response ${last}`;
    case 'header':
      return `the header ${last}`;
    case 'securityScheme':
      return `the security scheme ${last}`;
    case 'tag':
      return `the tag ${textOf(node.value, 'name') || last}`;
    case 'schema':
      if (holder === 'properties') return `the property ${last}`;
      if (holder === 'definitions' || holder === 'schemas') return `the schema ${last}`;
      return node.parent === undefined ? 'a schema' : `the ${last} of ${nameOf(node.parent)}`;
    case 'items':
      return node.parent === undefined ? 'the items' : `the items of ${nameOf(node.parent)}`;
    default:
      return node.parent === undefined ? `the ${node.shape.title}` : `${last} of ${nameOf(node.parent)}`;
  }
}

/** A sentence's first letter as a capital. */
export function capital(sentence: string): string {
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}
