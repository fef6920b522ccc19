import { requireText } from '../../content.ts';
import { evaluateXpath } from '../../xml/evaluate-xpath.ts';
import { parseXml } from '../../xml/parse-xml.ts';
import type { EagerFunction } from '../function-definition.ts';

export const xpath: EagerFunction = {
  kind: 'eager',
  name: 'xpath',
  parameters: ['any', 'string'],
  apply: ([document = null, expression]) =>
    evaluateXpath(parseXml('xpath', requireText(document, 'xpath')), expression as string),
};
