import { SaxesParser } from 'saxes';

/** An element of a solution's XML: names are lower-case, as tools spell them differently. */
export type XmlElement = {
  readonly name: string;
  readonly attributes: { readonly [name: string]: string };
  readonly children: readonly XmlElement[];
  readonly text: string;
};

const maximumDepth = 200;
const maximumElements = 500_000;

type Open = { name: string; attributes: { [name: string]: string }; children: XmlElement[]; text: string };

/** The root of an XML document without a document type; `undefined` for what is none. */
export function readXml(text: string): XmlElement | undefined {
  const parser = new SaxesParser({ fragment: false, position: false });
  const open: Open[] = [];
  let root: XmlElement | undefined;
  let count = 0;
  const refuse = (): never => {
    throw new XmlRefused();
  };
  parser.on('error', refuse);
  parser.on('doctype', refuse);
  parser.on('opentag', ({ name, attributes }) => {
    if (++count > maximumElements || open.length > maximumDepth) refuse();
    const entries = Object.entries(attributes).map(([key, value]) => [key.toLowerCase(), value] as const);
    open.push({ name: name.toLowerCase(), attributes: Object.fromEntries(entries), children: [], text: '' });
  });
  const addText = (part: string): void => {
    const last = open.at(-1);
    if (last !== undefined) last.text += part;
  };
  parser.on('text', addText);
  parser.on('cdata', addText);
  parser.on('closetag', () => {
    const closed = open.pop();
    if (closed === undefined) return;
    const parent = open.at(-1);
    if (parent === undefined) root = closed;
    else parent.children.push(closed);
  });
  try {
    parser.write(text).close();
  } catch (error) {
    if (error instanceof XmlRefused) return undefined;
    throw error;
  }
  return root;
}

class XmlRefused extends Error {}

/** The children of an element that have a name. */
export function childrenOf(element: XmlElement | undefined, name: string): readonly XmlElement[] {
  return element?.children.filter((child) => child.name === name) ?? [];
}

/** Every element below one, itself included, that has a name. */
export function elementsNamed(element: XmlElement | undefined, name: string): readonly XmlElement[] {
  if (element === undefined) return [];
  const own = element.name === name ? [element] : [];
  return [...own, ...element.children.flatMap((child) => elementsNamed(child, name))];
}

/** The text of the first child of a name, or the attribute of that name. */
export function textBelow(element: XmlElement | undefined, name: string): string | undefined {
  const [child] = childrenOf(element, name);
  return child?.text ?? element?.attributes[name];
}
