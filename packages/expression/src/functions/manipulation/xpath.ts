import { requireText } from '../../content.ts';
import { evaluateXpath } from '../../xml/evaluate-xpath.ts';
import { parseXml } from '../../xml/parse-xml.ts';
import type { EagerFunction } from '../function-definition.ts';

export const xpath: EagerFunction = {
  kind: 'eager',
  name: 'xpath',
  parameters: ['any', 'string'],
  apply: ([document = null, expression], _, meter) => {
    const text = requireText(document, 'xpath');
    meter.charge(text.length);
    return evaluateXpath(parseXml('xpath', text), expression as string, meter);
  },
};
