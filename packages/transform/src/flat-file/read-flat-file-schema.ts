import { TransformError } from '../errors.ts';
import { attributeOf, childElements, type ElementNode } from '../xml/node.ts';
import { readSchema } from '../xsd/read-schema.ts';
import type { Particle, SchemaAttribute, SchemaElement } from '../xsd/schema-model.ts';
import type { FieldLayout, FlatFile, Layout, RecordLayout } from './layout.ts';

const annotationNamespace = 'http://schemas.microsoft.com/BizTalk/2003';
const maximumDepth = 60;

/** What a layout is read with: the defaults of the schema's `schemaInfo`. */
type Defaults = {
  readonly delimiter: string;
  readonly order: RecordLayout['order'];
  readonly escapeSign: string;
  readonly wrap: string;
  readonly pad: string;
};

/** Reads a flat-file schema (`recordInfo`, `fieldInfo`). Throws `TransformError` for one that is none, or holds itself. */
export function readFlatFileSchema(text: string, schemas: Readonly<Record<string, string>>): FlatFile {
  const schema = readSchema(text, schemas);
  const info = annotation(schema.source, 'schemaInfo');
  const read = (name: string): string => (info === undefined ? '' : (attributeOf(info, name) ?? ''));
  const reference = read('root_reference');
  const all = [...schema.elements.values()];
  const root = all.find((element) => element.name === reference) ?? all[0];
  if (root === undefined) throw invalid('it declares no element');
  const defaults: Defaults = {
    delimiter: signs(read('default_child_delimiter'), read('child_delimiter_type')),
    order: readOrder(read('default_child_order')) ?? 'infix',
    escapeSign: signs(read('default_escape_char'), read('escape_char_type')),
    wrap: signs(read('default_wrap_char'), read('wrap_char_type')),
    pad: signs(read('default_pad_char'), read('pad_char_type')) || ' ',
  };
  const layout = readElement(root, defaults, 'delimited', 0);
  if (layout.kind !== 'record') throw invalid(`its element "${root.name}" is no record`);
  return {
    root: layout,
    settings: {
      suppressesEmpty: read('suppress_empty_nodes') === 'true' || read('generate_empty_nodes') === 'false',
      endsEarly: read('allow_early_termination') === 'true',
    },
  };
}

function readElement(
  element: SchemaElement,
  defaults: Defaults,
  structure: RecordLayout['structure'],
  depth: number,
): RecordLayout | FieldLayout {
  if (depth > maximumDepth) throw invalid(`its records are nested more than ${maximumDepth} deep`);
  const { name, namespace, minOccurs, maxOccurs } = element;
  const type = element.type();
  const occurs = { name, namespace, minOccurs, maxOccurs };
  if (type.kind === 'simple') {
    return { ...readField(element.source, defaults, structure), ...occurs, isAttribute: false, base: type.base };
  }
  const info = annotation(element.source, 'recordInfo') ?? annotation(type.source, 'recordInfo');
  const record = readRecord(info, defaults);
  const parts: Numbered[] = [
    ...type.attributes.map((attribute) =>
      numbered(attribute.source, readAttribute(attribute, defaults, record.structure)),
    ),
    ...(type.particle === undefined ? [] : readParticle(type.particle, defaults, record.structure, depth)),
  ];
  if (record.structure === 'delimited' && record.delimiter === '' && parts.length > 1) {
    throw invalid(`the record "${name}" is delimited, but by nothing`);
  }
  return { ...record, ...occurs, children: inOrder(parts) };
}

type Numbered = { readonly sequence: number; readonly layout: Layout };

/** A part's `sequence_number`: attributes come among the elements. */
function numbered(source: ElementNode, layout: Layout): Numbered {
  const info = annotation(source, 'fieldInfo') ?? annotation(source, 'recordInfo');
  const given = info === undefined ? undefined : attributeOf(info, 'sequence_number');
  return { sequence: given === undefined ? Number.NaN : Number(given), layout };
}

function inOrder(parts: readonly Numbered[]): readonly Layout[] {
  const areNumbered = parts.every(({ sequence }) => Number.isFinite(sequence) && sequence > 0);
  const sorted = areNumbered ? parts.toSorted((left, right) => left.sequence - right.sequence) : parts;
  return sorted.map(({ layout }) => layout);
}

function readParticle(
  particle: Particle,
  defaults: Defaults,
  structure: RecordLayout['structure'],
  depth: number,
): readonly Numbered[] {
  if (particle.kind === 'element') {
    const { element } = particle;
    return [numbered(element.source, readElement(element, defaults, structure, depth + 1))];
  }
  const { kind, minOccurs, maxOccurs } = particle;
  const inner = particle.items.flatMap((item) => readParticle(item, defaults, structure, depth));
  if (kind !== 'choice' && minOccurs === 1 && maxOccurs === 1) return inner;
  const children = kind === 'choice' ? inner.map(({ layout }) => layout) : inOrder(inner);
  const sequence = inner[0]?.sequence ?? Number.NaN;
  return [{ sequence, layout: { kind: 'group', isChoice: kind === 'choice', minOccurs, maxOccurs, children } }];
}

function readRecord(
  info: ElementNode | undefined,
  defaults: Defaults,
): Omit<RecordLayout, 'name' | 'namespace' | 'minOccurs' | 'maxOccurs' | 'children'> {
  const read = (name: string): string => (info === undefined ? '' : (attributeOf(info, name) ?? ''));
  const structure = read('structure') === 'positional' ? 'positional' : 'delimited';
  const delimiterType = read('child_delimiter_type');
  const isOwn = delimiterType === 'char' || delimiterType === 'hex';
  return {
    kind: 'record',
    structure,
    tag: read('tag_name'),
    tagOffset: Number(read('tag_offset') || '0'),
    delimiter: isOwn ? signs(read('child_delimiter'), delimiterType) : defaults.delimiter,
    order: readOrder(read('child_order')) ?? defaults.order,
    escapeSign: signs(read('escape_char'), read('escape_char_type')) || defaults.escapeSign,
    preservesEmpty: read('preserve_delimiter_for_empty_data') !== 'false',
    suppressesTrailing: read('suppress_trailing_delimiters') === 'true',
  };
}

function readOrder(text: string): RecordLayout['order'] | undefined {
  return text === 'prefix' || text === 'infix' || text === 'postfix' ? text : undefined;
}

function readAttribute(
  attribute: SchemaAttribute,
  defaults: Defaults,
  structure: RecordLayout['structure'],
): FieldLayout {
  const { name, namespace, isRequired, base } = attribute;
  const occurs = { minOccurs: isRequired ? 1 : 0, maxOccurs: 1 };
  return { ...readField(attribute.source, defaults, structure), name, namespace, base, isAttribute: true, ...occurs };
}

function readField(
  source: ElementNode,
  defaults: Defaults,
  structure: RecordLayout['structure'],
): Omit<FieldLayout, 'name' | 'namespace' | 'minOccurs' | 'maxOccurs' | 'isAttribute' | 'base'> {
  const info = annotation(source, 'fieldInfo');
  const read = (name: string): string => (info === undefined ? '' : (attributeOf(info, name) ?? ''));
  const length = read('pos_length');
  if (structure === 'positional' && !/^\d+$/.test(length)) {
    throw invalid(`the field "${attributeOf(source, 'name') ?? ''}" of a positional record has no pos_length`);
  }
  const minimum = read('minimum_length_with_pad_character') || read('minimum_length_with_pad_char');
  const ownPad = signs(read('pad_char'), read('pad_char_type'));
  // A delimited field is padded only when it says with what, or to which length.
  const isPadded = structure === 'positional' || ownPad !== '' || minimum !== '';
  return {
    kind: 'field',
    justification: read('justification') === 'right' ? 'right' : 'left',
    pad: isPadded ? ownPad || defaults.pad : '',
    wrap: signs(read('wrap_char'), read('wrap_char_type')) || defaults.wrap,
    offset: Number(read('pos_offset') || '0'),
    length: length === '' ? undefined : Number(length),
    minimumLength: Number(minimum || '0'),
    dateFormat: read('datetime_format'),
  };
}

/** `0xD 0xA` in hexadecimal, or the characters themselves. */
function signs(text: string, type: string): string {
  if (type === 'none') return '';
  const isHex = type === 'hex' || /^(?:0x[0-9a-f]{1,6}\s*)+$/i.test(text);
  if (!isHex) return text;
  return (text.match(/(?:0x)?[0-9a-f]{1,6}/gi) ?? [])
    .map((code) => {
      const point = Number.parseInt(code.replace(/^0x/i, ''), 16);
      if (point > 0x10ffff) throw invalid(`"${text}" is no sign`);
      return String.fromCodePoint(point);
    })
    .join('');
}

/** `annotation/appinfo/{name}` of a declaration. */
function annotation(source: ElementNode, name: string): ElementNode | undefined {
  for (const outer of childElements(source)) {
    if (outer.local !== 'annotation') continue;
    for (const info of childElements(outer)) {
      const found = childElements(info).find((one) => one.local === name && one.namespace === annotationNamespace);
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

function invalid(why: string): TransformError {
  return new TransformError('ArtifactInvalid', `The flat-file schema cannot be used: ${why}.`);
}
