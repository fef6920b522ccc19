import { type Node, serializeToWellFormedString } from 'slimdom';

export function serializeXml(node: Node): string {
  return serializeToWellFormedString(node);
}
