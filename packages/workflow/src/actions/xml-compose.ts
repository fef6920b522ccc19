import { toText } from '@patchbay/expression';
import { valueMember } from '../run/value-types.ts';
import type { ActionKind } from './action-kind.ts';
import { compileDocumentWork, xmlBody } from './document-work.ts';
import { jsonContent } from './json-content.ts';

/** Writes JSON as XML that fits a schema. */
export const xmlCompose: ActionKind = {
  type: 'XmlCompose',
  compile(source, context) {
    return compileDocumentWork(source, context, {
      artifact: 'schema',
      contentCode: 'BadRequest',
      request: (inputs, { text, others }) => ({
        kind: 'xml-compose',
        content: jsonContent(valueMember(inputs, 'content') ?? null, inputs),
        schema: text,
        schemas: others,
      }),
      outputs: (made) => ({ body: xmlBody(toText(made)) }),
    });
  },
};
