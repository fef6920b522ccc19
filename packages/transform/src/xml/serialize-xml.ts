import {
  type ChildNode,
  type DocumentNode,
  type ElementNode,
  type ParentNode,
  qualifiedName,
  xmlNamespace,
} from './node.ts';

export type SerializeOptions = {
  readonly declaration?: boolean;
  readonly standalone?: boolean;
  readonly indent?: boolean;
  /** Expanded names, `{namespace}local`, of elements whose text is written as CDATA. */
  readonly cdataElements?: ReadonlySet<string>;
  readonly doctypePublic?: string;
  readonly doctypeSystem?: string;
};

/** Writes a tree as XML 1.0 text; prefixes that are not declared where they are used get declared there. */
export function serializeXml(document: DocumentNode, options: SerializeOptions = {}): string {
  const parts: string[] = [];
  if (options.declaration === true) {
    const standalone = options.standalone === undefined ? '' : ` standalone="${options.standalone ? 'yes' : 'no'}"`;
    parts.push(`<?xml version="1.0" encoding="utf-8"${standalone}?>`);
    if (options.indent === true) parts.push('\n');
  }
  for (const [index, child] of document.children.entries()) {
    if (child.kind === 'element') parts.push(doctype(child, options));
    if (options.indent === true && index > 0) parts.push('\n');
    writeNode(
      child,
      new Map([
        ['', ''],
        ['xml', xmlNamespace],
      ]),
      parts,
      options,
      0,
    );
  }
  return parts.join('');
}

function doctype(root: ElementNode, { doctypePublic, doctypeSystem }: SerializeOptions): string {
  if (doctypeSystem === undefined) return '';
  const id = doctypePublic === undefined ? 'SYSTEM' : `PUBLIC "${doctypePublic}"`;
  return `<!DOCTYPE ${qualifiedName(root)} ${id} "${doctypeSystem}">`;
}

function writeNode(
  node: ChildNode,
  scope: ReadonlyMap<string, string>,
  parts: string[],
  options: SerializeOptions,
  depth: number,
): void {
  switch (node.kind) {
    case 'text':
      parts.push(isCdata(node.parent, options) ? writeCdata(node.value) : escapeText(node.value));
      return;
    case 'comment':
      parts.push(`<!--${node.value.replaceAll('--', '- -').replace(/-$/, '- ')}-->`);
      return;
    case 'instruction':
      parts.push(`<?${node.target} ${node.value.replaceAll('?>', '? >')}?>`);
      return;
    case 'element':
      writeElement(node, scope, parts, options, depth);
  }
}

function writeElement(
  element: ElementNode,
  outer: ReadonlyMap<string, string>,
  parts: string[],
  options: SerializeOptions,
  depth: number,
): void {
  const scope = new Map(outer);
  const declared: (readonly [string, string])[] = [];
  const declare = (prefix: string, uri: string): void => {
    if (scope.get(prefix) === uri) return;
    scope.set(prefix, uri);
    declared.push([prefix, uri]);
  };
  declare(element.prefix, element.namespace);
  for (const [prefix, uri] of element.declared) if (prefix !== element.prefix) declare(prefix, uri);
  const attributes = element.attributes.map((attribute) => {
    const prefix = attribute.namespace === '' ? '' : attributePrefix(attribute.prefix, attribute.namespace, scope);
    if (prefix !== '') declare(prefix, attribute.namespace);
    return ` ${prefix === '' ? attribute.local : `${prefix}:${attribute.local}`}="${escapeAttribute(attribute.value)}"`;
  });
  const name = qualifiedName(element);
  parts.push(`<${name}`);
  for (const [prefix, uri] of declared) {
    parts.push(` ${prefix === '' ? 'xmlns' : `xmlns:${prefix}`}="${escapeAttribute(uri)}"`);
  }
  parts.push(...attributes);
  if (element.children.length === 0) {
    parts.push(' />');
    return;
  }
  parts.push('>');
  const isIndented = options.indent === true && !element.children.some((child) => child.kind === 'text');
  for (const child of element.children) {
    if (isIndented) parts.push(`\n${'  '.repeat(depth + 1)}`);
    writeNode(child, scope, parts, options, depth + 1);
  }
  if (isIndented) parts.push(`\n${'  '.repeat(depth)}`);
  parts.push(`</${name}>`);
}

/** Its own prefix when that is free or means the namespace already, else one that does, else a new one. */
function attributePrefix(own: string, uri: string, scope: ReadonlyMap<string, string>): string {
  if (own !== '' && (scope.get(own) ?? uri) === uri) return own;
  for (const [prefix, known] of scope) if (prefix !== '' && known === uri) return prefix;
  let count = 0;
  while (scope.has(`ns${count}`)) count++;
  return `ns${count}`;
}

function isCdata(parent: ParentNode | undefined, { cdataElements }: SerializeOptions): boolean {
  return parent?.kind === 'element' && cdataElements?.has(`{${parent.namespace}}${parent.local}`) === true;
}

function writeCdata(text: string): string {
  return `<![CDATA[${text.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`;
}

export function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('\r', '&#xD;');
}

export function escapeAttribute(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll('\t', '&#x9;')
    .replaceAll('\n', '&#xA;')
    .replaceAll('\r', '&#xD;');
}
