import { decodeText, readEnvelope } from '../../content.ts';
import { parseLenientJson } from '../../parse-lenient-json.ts';

import { parseXml } from '../../xml/parse-xml.ts';
import { xmlToJson } from '../../xml/xml-to-json.ts';
import { invalidArgument } from '../check-arguments.ts';
import type { EagerFunction } from '../function-definition.ts';

/** JSON text or XML as a value; what is a value already stays as it is. */
export const json: EagerFunction = {
  kind: 'eager',
  name: 'json',
  parameters: ['any'],
  apply: ([value = null]) => {
    if (value === null) return {};
    const envelope = readEnvelope(value);
    if (typeof value !== 'string' && envelope === undefined) return value;
    const text = envelope === undefined ? (value as string) : decodeText(envelope.contentType, envelope.bytes);
    const isXml = (envelope !== undefined && /[/+]xml/i.test(envelope.contentType)) || text.trimStart().startsWith('<');
    if (isXml) return xmlToJson(parseXml('json', text));
    try {
      return parseLenientJson(text.replace(/^\uFEFF/, ''));
    } catch (error) {
      const why = error instanceof Error ? error.message : '';
      throw invalidArgument('json', `parameter is not valid. The provided value cannot be parsed: '${why}'.`, {
        cause: error,
      });
    }
  },
};
