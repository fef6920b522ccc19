import type { Value } from '@patchbay/expression';
import { lowerText, valueMember } from '../run/value-types.ts';
import { ActionFailure } from './action-failure.ts';
import type { ActionKind } from './action-kind.ts';
import { compileDocumentWork, requireContent } from './document-work.ts';

const modes = ['ForcedDisabled', 'HonorSchemaNodeProperty', 'HonorSchemaValueProperty', 'ForcedEnabled'] as const;

/** Writes XML as a flat file. */
export const flatFileEncoding: ActionKind = {
  type: 'FlatFileEncoding',
  compile(source, context) {
    return compileDocumentWork(source, context, {
      artifact: 'schema',
      contentCode: 'BadRequest',
      request: (inputs, { text, others }) => ({
        kind: 'flat-file-encode',
        content: requireContent(inputs),
        schema: text,
        schemas: others,
        emptyNodes: readMode(inputs),
      }),
      outputs: (body) => ({ body }),
    });
  },
};

function readMode(inputs: Value): (typeof modes)[number] {
  const given = valueMember(inputs, 'emptyNodeGenerationMode');
  if (given === undefined || given === null) return 'HonorSchemaNodeProperty';
  const mode = modes.find((one) => one.toLowerCase() === lowerText(given));
  if (mode !== undefined) return mode;
  throw new ActionFailure('BadRequest', `The 'emptyNodeGenerationMode' is one of ${modes.join(', ')}.`, inputs);
}
