import type { ActionKind } from './action-kind.ts';
import { compileDocumentWork, requireContent, xmlBody } from './document-work.ts';

/** Checks XML against a schema; what fits is passed on. */
export const xmlValidation: ActionKind = {
  type: 'XmlValidation',
  compile(source, context) {
    return compileDocumentWork(source, context, {
      artifact: 'schema',
      contentCode: 'InvalidXmlContent',
      request: (inputs, { text, others }) => ({
        kind: 'xml-validation',
        content: requireContent(inputs),
        schema: text,
        schemas: others,
      }),
      outputs: (_made, inputs) => ({ body: xmlBody(requireContent(inputs)) }),
    });
  },
};
