import { toText } from '@patchbay/expression';
import type { ActionKind } from './action-kind.ts';
import { compileDocumentWork, requireContent, xmlBody } from './document-work.ts';

/** Reads a flat file as XML, by a schema that says how its text is laid out. */
export const flatFileDecoding: ActionKind = {
  type: 'FlatFileDecoding',
  compile(source, context) {
    return compileDocumentWork(source, context, {
      artifact: 'schema',
      contentCode: 'BadRequest',
      request: (inputs, { text, others }) => ({
        kind: 'flat-file-decode',
        content: requireContent(inputs),
        schema: text,
        schemas: others,
      }),
      outputs: (made) => ({ body: xmlBody(toText(made)) }),
    });
  },
};
