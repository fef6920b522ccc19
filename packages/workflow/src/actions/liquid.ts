import { textMember } from '../plan/json.ts';
import { valueMember } from '../run/value-types.ts';
import type { ActionKind } from './action-kind.ts';
import { compileDocumentWork, requireContent } from './document-work.ts';
import { jsonContent } from './json-content.ts';
import { compileUnknownAction } from './unknown-action.ts';

const kinds = {
  jsontojson: { from: 'json', to: 'json' },
  jsontotext: { from: 'json', to: 'text' },
  xmltojson: { from: 'xml', to: 'json' },
  xmltotext: { from: 'xml', to: 'text' },
} as const;

/** Renders a Liquid template over JSON or XML, which is `content` in it. */
export const liquid: ActionKind = {
  type: 'Liquid',
  compile(source, context) {
    const kind = textMember(source.definition, 'kind') ?? '';
    const key = kind.toLowerCase();
    if (!Object.hasOwn(kinds, key)) {
      const message = `"${source.name}" has the kind "${kind}"; a Liquid action has one of JsonToJson, JsonToText, XmlToJson, XmlToText`;
      context.report('action-type-unknown', 'error', message, `${source.pointer}/kind`, `Liquid/${kind}`);
      return compileUnknownAction(source, context);
    }
    const way = kinds[key as keyof typeof kinds];
    return compileDocumentWork(source, context, {
      artifact: 'map',
      contentCode: way.from === 'xml' ? 'InvalidXmlContent' : 'BadRequest',
      request: (inputs, { text, others }) => ({
        kind: 'liquid',
        ...way,
        content:
          way.from === 'xml' ? requireContent(inputs) : jsonContent(valueMember(inputs, 'content') ?? null, inputs),
        template: text,
        templates: others,
      }),
      outputs: (body) => ({ body }),
    });
  },
};
