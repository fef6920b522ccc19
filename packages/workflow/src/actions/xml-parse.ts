import type { ActionKind } from './action-kind.ts';
import { compileDocumentWork, requireContent } from './document-work.ts';

/** Reads XML as JSON, with the types that its schema gives. */
export const xmlParse: ActionKind = {
  type: 'XmlParse',
  compile(source, context) {
    return compileDocumentWork(source, context, {
      artifact: 'schema',
      contentCode: 'InvalidXmlContent',
      request: (inputs, { text, others }) => ({
        kind: 'xml-parse',
        content: requireContent(inputs),
        schema: text,
        schemas: others,
      }),
      outputs: (body) => ({ body }),
    });
  },
};
