import type { DocumentNode } from '../xml/node.ts';
import { stringValue } from '../xml/node.ts';
import type { XpathContext, XpathEnvironment } from '../xpath/compile-xpath.ts';
import { type XpathFunction, xpathFunction, xpathFunctions } from '../xpath/xpath-functions.ts';
import { isNodeSet, toNumber, toText, type XpathValue } from '../xpath/xpath-value.ts';

/** What functions of a stylesheet need of where they stand. */
export type FunctionPlace = {
  readonly environment: Pick<XpathEnvironment, 'namespace' | 'function'>;
  /** The stylesheet's own document, for `document('')`. */
  readonly stylesheet: DocumentNode;
  readonly expandName: (name: string) => string;
  readonly isInstruction: (name: string) => boolean;
};

const properties: Readonly<Record<string, string>> = {
  version: '1.0',
  vendor: 'Patchbay',
};

/** The functions that XSLT adds to XPath (XSLT 1.0 §12). */
export function xsltFunctions(place: FunctionPlace): Readonly<Record<string, XpathFunction>> {
  const { environment, expandName } = place;
  return {
    current: xpathFunction(0, 0, (_given, { current }) => [current]),
    key: xpathFunction(2, 2, ([name = '', value = ''], { node, host }) =>
      host.key(expandName(toText(name)), value, node),
    ),
    'generate-id': xpathFunction(0, 1, (given, context) => generateId(given, context)),
    'format-number': xpathFunction(2, 3, ([value = '', picture = '', name], { host }) =>
      host.formatNumber(toNumber(value), toText(picture), name === undefined ? '' : expandName(toText(name))),
    ),
    document: xpathFunction(1, 2, ([uri = '']) => {
      const text = isNodeSet(uri) ? (uri[0] === undefined ? '' : stringValue(uri[0])) : toText(uri);
      if (text === '') return [place.stylesheet];
      throw new SyntaxError(`document("${text}") is not read: a map sees its content and itself only`);
    }),
    'unparsed-entity-uri': xpathFunction(1, 1, () => ''),
    'system-property': xpathFunction(1, 1, ([name = '']) => properties[toText(name).replace(/^.*:/, '')] ?? ''),
    'element-available': xpathFunction(1, 1, ([name = '']) => place.isInstruction(toText(name))),
    'function-available': xpathFunction(1, 1, ([name = '']) => {
      const [prefix, local] = toText(name).includes(':') ? toText(name).split(':') : ['', toText(name)];
      const namespace = prefix === '' || prefix === undefined ? '' : environment.namespace(prefix);
      if (namespace === undefined || local === undefined) return false;
      if (namespace === '' && Object.hasOwn(xpathFunctions, local)) return true;
      return environment.function(namespace, local) !== undefined;
    }),
  };
}

/** Result trees are nodes here already: these give what they are given. */
export const nodeSetNamespaces: ReadonlySet<string> = new Set([
  'http://exslt.org/common',
  'urn:schemas-microsoft-com:xslt',
  'http://xml.apache.org/xalan',
]);

export const nodeSet: XpathFunction = xpathFunction(1, 1, ([value = '']) => value);

function generateId([value]: readonly XpathValue[], { node }: XpathContext): string {
  const of = value === undefined ? node : isNodeSet(value) ? value[0] : undefined;
  return of === undefined ? '' : `n${String(of.order).replace('.', 'x')}`;
}
