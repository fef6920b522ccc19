import type { FormatReader } from '../format.ts';
import { XmlDocuments } from '../xml/xml-documents.ts';
import { namespaces } from '../xml/xml-namespaces.ts';
import { readWsdl } from './read-wsdl.ts';

/** WSDL 1.1; 2.0 is recognised and refused. */
export const wsdlFormat: FormatReader = {
  format: 'wsdl',
  title: 'a WSDL 1.1 document',
  isMeant: ({ source, document }) => {
    const name = document === undefined ? rootName(source.text) : '';
    return name === 'definitions' || (name === 'description' && source.text.includes(namespaces.wsdl2));
  },
  read: (description, { properties, find, soap }) => {
    const documents = new XmlDocuments(description, find);
    const main = documents.open(description);
    const { reading } = documents;
    const isWsdl = main?.root.namespace === namespaces.wsdl;
    if (main !== undefined && !isWsdl) {
      const code = main.root.namespace === namespaces.wsdl2 ? 'wsdl-version' : 'wsdl-namespace';
      reading.report(code, documents.pointerOf(main.root), { found: main.root.namespace });
    }
    const model = main && isWsdl ? readWsdl(documents, main, soap ?? { mode: 'rest' }, properties) : undefined;
    return { ...(model !== undefined && { model }), findings: reading.findings, losses: reading.losses };
  },
};

/** The local name of a text's root element by its looks, past declaration, comments and DOCTYPE. */
function rootName(text: string): string {
  let at = text.search(/\S/);
  while (text.startsWith('<?', at) || text.startsWith('<!', at)) {
    const isComment = text.startsWith('<!--', at);
    const subset = text.slice(at, at + 2000).search(/^<!DOCTYPE[^>[]*\[/);
    const end = isComment ? '-->' : text.startsWith('<?', at) ? '?>' : subset === 0 ? ']>' : '>';
    const close = text.indexOf(end, at + 2);
    if (close === -1) return '';
    at = close + end.length;
    while (/\s/.test(text.charAt(at))) at += 1;
  }
  return /^<(?:[^\s<>/:]+:)?([^\s<>/:]+)/.exec(text.slice(at, at + 300))?.[1] ?? '';
}
