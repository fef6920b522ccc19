import { readEnvelope, requireText, toEnvelope } from '../../content.ts';
import { measureJson } from '../../measure-json.ts';
import { isObject } from '../../values.ts';
import { jsonToXml } from '../../xml/json-to-xml.ts';
import { parseXml } from '../../xml/parse-xml.ts';
import { checkArgument } from '../check-arguments.ts';
import type { EagerFunction } from '../function-definition.ts';

const type = 'application/xml;charset=utf-8';

/** XML text, or an object with one root property, as an `application/xml` value. */
export const xml: EagerFunction = {
  kind: 'eager',
  name: 'xml',
  parameters: ['any'],
  apply: ([value = null], _, meter) => {
    if (isObject(value) && readEnvelope(value) === undefined) {
      measureJson(value, meter);
      return toEnvelope(type, Buffer.from(jsonToXml(value), 'utf8'));
    }
    if (!isObject(value)) checkArgument('xml', 'string or object', value, 0, 1);
    const text = requireText(value, 'xml');
    parseXml('xml', text);
    return toEnvelope(type, Buffer.from(text, 'utf8'));
  },
};
