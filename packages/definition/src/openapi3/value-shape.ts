import type { SchemaModel } from '../model.ts';
import { readBehind } from '../schema/read-schema.ts';
import type { Reading } from '../source/reading.ts';

/** What a value can be, as far as writing it is concerned; `any` where that shows only when it is there. */
export type ValueShape = 'primitive' | 'array' | 'object' | 'any';

const maxDepth = 20;

/** What the values of a schema are. */
export function shapeOf(reading: Reading, schema: SchemaModel, depth = 0): ValueShape {
  const behind = readBehind(reading, schema);
  switch (behind.kind) {
    case 'object':
    case 'array':
      return behind.kind;
    case 'allOf': {
      if (depth > maxDepth) return 'any';
      const shapes = behind.members.map((one) => shapeOf(reading, one, depth + 1));
      return shapes.find((shape) => shape !== 'any') ?? 'any';
    }
    case 'oneOf':
    case 'anyOf': {
      if (depth > maxDepth) return 'any';
      const shapes = new Set(behind.members.map((one) => shapeOf(reading, one, depth + 1)));
      const [only] = shapes;
      return shapes.size === 1 && only !== undefined ? only : 'any';
    }
    case 'any':
    case 'reference':
      return isChoiceOfPrimitives(behind) ? 'primitive' : 'any';
    default:
      return 'primitive';
  }
}

function isChoiceOfPrimitives({ enum: choices }: SchemaModel): boolean {
  return choices?.every((one) => typeof one !== 'object' || one === null) === true;
}

/** Whether values are files: text that is binary, and not written in another alphabet (OpenAPI 3.0 and 3.1, file uploads). */
export function isBinary(reading: Reading, schema: SchemaModel): boolean {
  const behind = readBehind(reading, schema);
  if (behind.kind === 'file') return true;
  const format = schema.format ?? behind.format;
  if (behind.kind === 'string' && format === 'binary') return true;
  const constraints = { ...behind.constraints, ...schema.constraints };
  const isUnencoded = constraints['contentEncoding'] === undefined;
  const mediaType = constraints['contentMediaType'];
  return (
    (behind.kind === 'string' || behind.kind === 'any') &&
    isUnencoded &&
    typeof mediaType === 'string' &&
    !/^text\/|[/+]json\b/i.test(mediaType)
  );
}
