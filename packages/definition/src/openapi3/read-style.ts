import type { CollectionFormat, JsonObject, ParameterModel, ParameterStyle, SchemaModel } from '../model.ts';
import { isTrue, keptMember, member, type Reading } from '../source/reading.ts';
import { shapeOf } from './value-shape.ts';

type StyleKind = Extract<ParameterStyle, { readonly explode: boolean }>['kind'];
type Location = 'path' | 'query' | 'header' | 'cookie';

const formats: readonly CollectionFormat[] = ['csv', 'ssv', 'tsv', 'pipes', 'multi'];

/** Which styles a location has, its usual one first (OpenAPI 3.2, Style Values). */
const styles: Readonly<Record<Location, readonly StyleKind[]>> = {
  path: ['simple', 'label', 'matrix'],
  query: ['form', 'spaceDelimited', 'pipeDelimited', 'deepObject'],
  header: ['simple'],
  cookie: ['form', 'cookie'],
};

export type StyledValue = {
  readonly holder: JsonObject;
  readonly pointer: string;
  readonly location: Location;
  readonly name: string;
  readonly operation: string;
  readonly schema: SchemaModel;
};

/**
 * How a value is written. What a collection format can say becomes one; a plain value in the usual style needs nothing said; the rest
 * is a style.
 */
export function readStyle(reading: Reading, value: StyledValue): Pick<ParameterModel, 'collectionFormat' | 'style'> {
  const { holder, location, schema } = value;
  const kept = formats.find((one) => one === keptMember(holder, 'collectionFormat'));
  if (kept !== undefined) return { collectionFormat: kept };
  const kind = readKind(reading, value);
  const stated = member(holder, 'explode');
  const explode = stated === undefined ? kind === 'form' || kind === 'cookie' : isTrue(stated);
  const allowReserved = isTrue(member(holder, 'allowReserved')) && location !== 'header' && location !== 'cookie';
  const style: ParameterStyle = { kind, explode, allowReserved };
  if (allowReserved || kind === 'label' || kind === 'matrix' || kind === 'cookie') return { style };
  const shape = shapeOf(reading, schema);
  if (shape === 'primitive') return {};
  const collectionFormat = shape === 'array' && location !== 'cookie' ? collectionFormatOf(kind, explode) : undefined;
  return collectionFormat === undefined ? { style } : { collectionFormat };
}

function readKind(reading: Reading, { holder, pointer, location, name, operation }: StyledValue): StyleKind {
  const [usual = 'form', ...others] = styles[location];
  const stated = reading.string(holder, 'style', pointer);
  const found = [usual, ...others].find((one) => one === stated);
  if (stated !== undefined && found === undefined) {
    reading.report('parameter-style', pointer, { operation, name, location, found: stated, read: usual });
  }
  return found ?? usual;
}

/** Swagger 2.0's word for how an array is written, where it has one. */
function collectionFormatOf(kind: StyleKind, explode: boolean): CollectionFormat | undefined {
  switch (kind) {
    case 'simple':
      return 'csv';
    case 'form':
      return explode ? 'multi' : 'csv';
    // Exploded, their items are pairs of their own, as with form.
    case 'spaceDelimited':
      return explode ? 'multi' : 'ssv';
    case 'pipeDelimited':
      return explode ? 'multi' : 'pipes';
    default:
      return undefined;
  }
}
