import { toText, type Value } from '@patchbay/expression';
import { isList, isRecord, valueMember } from '../run/value-types.ts';
import type { ActionKind } from './action-kind.ts';
import { readRecord } from './call.ts';
import { compileDocumentWork, requireContent, xmlBody } from './document-work.ts';

/** Transforms XML by a map. Its result begins with a byte order mark unless told otherwise. */
export const xslt: ActionKind = {
  type: 'Xslt',
  compile(source, context) {
    return compileDocumentWork(source, context, {
      artifact: 'map',
      contentCode: 'InvalidXmlContent',
      request: (inputs, { text, others }) => {
        const options = transformOptions(inputs);
        const given = readRecord(valueMember(inputs, 'xsltParameters'));
        return {
          kind: 'xslt',
          content: requireContent(inputs),
          map: text,
          maps: others,
          parameters: Object.fromEntries(Object.entries(given).map(([name, value]) => [name, toText(value)])),
          generatesText: options.has('generatetextoutput'),
          appliesOutput: options.has('applyxsltoutputattributes'),
        };
      },
      outputs: (made, inputs) => {
        const text = toText(valueMember(made, 'text') ?? '');
        if (!isRecord(made) || made['kind'] === 'text') return { body: text };
        return { body: xmlBody(text, transformOptions(inputs).has('disablebyteordermark') ? '' : '\uFEFF') };
      },
    });
  },
};

/** `transformOptions`: names in a list, or one text with commas. */
function transformOptions(inputs: Value): ReadonlySet<string> {
  const given = valueMember(inputs, 'transformOptions') ?? '';
  const names = isList(given) ? given.map(toText) : toText(given).split(',');
  return new Set(names.map((name) => name.trim().toLowerCase()));
}
