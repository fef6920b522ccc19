import { requireText } from '../../content.ts';
import { isObject } from '../../values.ts';
import { evaluateXpath } from '../../xml/evaluate-xpath.ts';
import { parseXml } from '../../xml/parse-xml.ts';
import { checkArgument } from '../check-arguments.ts';
import type { EagerFunction } from '../function-definition.ts';

export const xpath: EagerFunction = {
  kind: 'eager',
  name: 'xpath',
  parameters: ['any', 'string'],
  apply: ([document = null, expression], _, meter) => {
    if (!isObject(document)) checkArgument('xpath', 'string or object', document, 0, 2);
    const text = requireText(document, 'xpath');
    meter.charge(text.length);
    return evaluateXpath(parseXml('xpath', text), expression as string, meter);
  },
};
