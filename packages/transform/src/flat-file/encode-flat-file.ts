import { TransformError } from '../errors.ts';
import { childElements, type ElementNode, rootElement, stringValue } from '../xml/node.ts';
import { parseXml } from '../xml/parse-xml.ts';
import { writeDate } from './date-format.ts';
import type { FlatFileRequest } from './decode-flat-file.ts';
import type { FieldLayout, GroupLayout, Layout, RecordLayout } from './layout.ts';
import { readFlatFileSchema } from './read-flat-file-schema.ts';

export type EmptyNodes = 'ForcedDisabled' | 'HonorSchemaNodeProperty' | 'HonorSchemaValueProperty' | 'ForcedEnabled';

export type EncodeRequest = FlatFileRequest & {
  /** Which elements are made up that the XML does not have: none, those that have to be there, or all. */
  readonly emptyNodes: EmptyNodes;
};

/** Writes XML as a flat file by its schema. Throws `TransformError` when the XML is not as the schema has it. */
export function encodeFlatFile({ content, schema, schemas, emptyNodes }: EncodeRequest): string {
  const { root } = readFlatFileSchema(schema, schemas);
  const element = rootElement(parseXml(content, 'the content', { next: 0 }));
  if (element === undefined || element.local !== root.name) {
    throw mismatch(`its element is "${element?.local ?? ''}", not "${root.name}"`);
  }
  return new Encoder(emptyNodes).record(root, element);
}

class Encoder {
  readonly #emptyNodes: EmptyNodes;

  constructor(emptyNodes: EmptyNodes) {
    this.#emptyNodes = emptyNodes;
  }

  record(layout: RecordLayout, element: ElementNode | undefined): string {
    const left = element === undefined ? [] : [...childElements(element)];
    const texts = layout.children.flatMap((child) => this.#layout(child, layout, element, left));
    const [unknown] = left;
    if (unknown !== undefined) {
      throw mismatch(`"${layout.name}" holds "${unknown.local}", which is not in the schema there`);
    }
    const head = ' '.repeat(layout.tag === '' ? 0 : layout.tagOffset) + layout.tag;
    if (layout.structure === 'positional') return head + texts.map((text) => text ?? '').join('');
    return head + joinChildren(texts, layout);
  }

  /** The texts of what a layout stands for; `undefined` where something optional is not there. */
  #layout(
    layout: Layout,
    parent: RecordLayout,
    element: ElementNode | undefined,
    left: ElementNode[],
  ): readonly (string | undefined)[] {
    if (layout.kind === 'group') return this.#group(layout, parent, element, left);
    if (layout.kind === 'field' && layout.isAttribute) {
      const found = element?.attributes.find((attribute) => attribute.local === layout.name);
      return found === undefined ? this.#missing(layout, parent) : [writeField(found.value, layout, parent)];
    }
    const texts: string[] = [];
    while (texts.length < layout.maxOccurs && left[0]?.local === layout.name) {
      const child = left.shift();
      if (child === undefined) break;
      texts.push(
        layout.kind === 'record' ? this.record(layout, child) : writeField(stringValue(child), layout, parent),
      );
    }
    return texts.length > 0 ? texts : this.#missing(layout, parent);
  }

  #group(
    layout: GroupLayout,
    parent: RecordLayout,
    element: ElementNode | undefined,
    left: ElementNode[],
  ): readonly (string | undefined)[] {
    const texts: (string | undefined)[] = [];
    for (let count = 0; count < layout.maxOccurs; count++) {
      const next = left[0]?.local;
      const holds = (child: Layout): boolean =>
        child.kind === 'group' ? child.children.some(holds) : child.name === next;
      if (next === undefined || !layout.children.some(holds)) break;
      const taken = layout.isChoice ? layout.children.filter(holds).slice(0, 1) : layout.children;
      const before = left.length;
      for (const child of taken) texts.push(...this.#layout(child, parent, element, left));
      if (left.length === before) break;
    }
    return texts;
  }

  #missing(layout: RecordLayout | FieldLayout, parent: RecordLayout): readonly (string | undefined)[] {
    const isMade =
      this.#emptyNodes === 'ForcedEnabled' || (layout.minOccurs > 0 && this.#emptyNodes !== 'ForcedDisabled');
    if (!isMade) {
      if (layout.minOccurs > 0) throw mismatch(`"${parent.name}" has no "${layout.name}"`);
      // The room of a positional field stays, and so does the place of a delimited one.
      if (layout.kind === 'record') return [];
      return [parent.structure === 'positional' ? writeField('', layout, parent) : undefined];
    }
    return [layout.kind === 'record' ? this.record(layout, undefined) : writeField('', layout, parent)];
  }
}

function joinChildren(texts: readonly (string | undefined)[], layout: RecordLayout): string {
  const { delimiter, order, preservesEmpty, suppressesTrailing } = layout;
  const isEmpty = (text: string | undefined): boolean => text === undefined || text === '';
  let kept = preservesEmpty ? [...texts] : texts.filter((text) => !isEmpty(text));
  if (suppressesTrailing) kept = kept.slice(0, kept.findLastIndex((text) => !isEmpty(text)) + 1);
  const values = kept.map((text) => text ?? '');
  switch (order) {
    case 'infix':
      return values.join(delimiter);
    case 'prefix':
      return values.map((value) => delimiter + value).join('');
    case 'postfix':
      return values.map((value) => value + delimiter).join('');
  }
}

function writeField(text: string, layout: FieldLayout, parent: RecordLayout): string {
  const value = layout.dateFormat === '' ? text : writeDate(text, layout.dateFormat);
  if (parent.structure === 'positional') return ' '.repeat(layout.offset) + fit(value, layout, layout.length ?? 0);
  const padded = pad(value, layout, layout.minimumLength);
  return protect(padded, layout, parent);
}

function fit(value: string, layout: FieldLayout, length: number): string {
  if (value.length > length) {
    throw mismatch(`"${layout.name}" has ${value.length} characters; there is room for ${length}`);
  }
  return pad(value, layout, length);
}

function pad(value: string, { pad: sign, justification }: FieldLayout, length: number): string {
  if (sign === '') return value;
  return justification === 'left' ? value.padEnd(length, sign) : value.padStart(length, sign);
}

/** What would end the field is wrapped or escaped. */
function protect(value: string, { wrap, name }: FieldLayout, { delimiter, escapeSign }: RecordLayout): string {
  const isUnsafe = (delimiter !== '' && value.includes(delimiter)) || /[\r\n]/.test(value);
  if (wrap !== '' && (isUnsafe || value.startsWith(wrap))) return wrap + value.replaceAll(wrap, wrap + wrap) + wrap;
  if (escapeSign !== '' && (isUnsafe || value.includes(escapeSign))) {
    const escaped = value.replaceAll(escapeSign, escapeSign + escapeSign);
    return delimiter === '' ? escaped : escaped.replaceAll(delimiter, escapeSign + delimiter);
  }
  if (delimiter !== '' && value.includes(delimiter)) {
    throw mismatch(
      `"${name}" holds the delimiter ${JSON.stringify(delimiter)}, and the schema has neither wrap nor escape character`,
    );
  }
  return value;
}

function mismatch(why: string): TransformError {
  return new TransformError('ContentInvalid', `The XML does not fit the flat-file schema: ${why}.`);
}
