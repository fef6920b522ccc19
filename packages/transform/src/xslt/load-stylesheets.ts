import { attributeOf, childElements, type DocumentNode, type ElementNode, rootElement } from '../xml/node.ts';
import { parseXml } from '../xml/parse-xml.ts';
import type { NodeCounter } from '../xml/tree-builder.ts';
import { strippedStylesheet } from './strip-whitespace.ts';
import { xsltNamespace } from './stylesheet.ts';

/** A top-level element, with where it comes from. */
export type LoadedElement = {
  readonly element: ElementNode;
  readonly document: DocumentNode;
  readonly precedence: number;
  /** The stylesheet is this one literal element. */
  readonly isWhole: boolean;
};

const maximumDepth = 20;

/** Reads a stylesheet and, in the place of each `include` and before the rest for each `import`, what it names. */
export function loadStylesheets(
  text: string,
  load: (href: string) => string | undefined,
  counter: NodeCounter,
): { readonly elements: readonly LoadedElement[]; readonly main: ElementNode } {
  let precedence = 0;
  const read = (source: string, what: string, depth: number): { root: ElementNode; elements: LoadedElement[] } => {
    if (depth > maximumDepth) throw new SyntaxError(`${what} includes itself, or too many others in a row`);
    const document = strippedStylesheet(parseXml(source, what, counter, 'ArtifactInvalid'), counter);
    const root = rootElement(document);
    if (root === undefined) throw new SyntaxError(`${what} has no element`);
    const isStylesheet = root.namespace === xsltNamespace && /^(?:stylesheet|transform|package)$/.test(root.local);
    if (!isStylesheet) {
      if (!root.attributes.some((one) => one.namespace === xsltNamespace && one.local === 'version')) {
        throw new SyntaxError(`${what} is no stylesheet: its element is <${root.local}>`);
      }
      return { root, elements: [{ element: root, document, precedence: precedence++, isWhole: true }] };
    }
    const elements: LoadedElement[] = [];
    const own: ElementNode[] = [];
    const include = (child: ElementNode): readonly LoadedElement[] => {
      const href = attributeOf(child, 'href') ?? '';
      const found = load(href);
      if (found === undefined) throw new SyntaxError(`${what} needs "${href}", which is not among the maps`);
      return read(found, `the map "${href}"`, depth + 1).elements;
    };
    const included: { readonly at: number; readonly elements: readonly LoadedElement[] }[] = [];
    for (const child of childElements(root)) {
      if (child.namespace === xsltNamespace && child.local === 'import') elements.push(...include(child));
      else if (child.namespace === xsltNamespace && child.local === 'include') {
        included.push({ at: own.length, elements: include(child) });
      } else own.push(child);
    }
    const mine = precedence++;
    const place = (element: ElementNode): LoadedElement => ({ element, document, precedence: mine, isWhole: false });
    for (const [index, element] of own.entries()) {
      for (const one of included) if (one.at === index) elements.push(...raised(one.elements, mine));
      elements.push(place(element));
    }
    for (const one of included) if (one.at === own.length) elements.push(...raised(one.elements, mine));
    return { root, elements };
  };
  const { root, elements } = read(text, 'the map', 0);
  return { elements, main: root };
}

/** What is included counts as much as what includes it. */
function raised(elements: readonly LoadedElement[], precedence: number): readonly LoadedElement[] {
  const highest = elements.reduce((most, one) => Math.max(most, one.precedence), -1);
  return elements.map((one) => (one.precedence === highest ? { ...one, precedence } : one));
}
