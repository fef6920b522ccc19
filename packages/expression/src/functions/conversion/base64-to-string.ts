import type { EagerFunction } from '../function-definition.ts';
import { decodeBase64Text } from './decode-base64-text.ts';

export const base64ToString: EagerFunction = {
  kind: 'eager',
  name: 'base64ToString',
  parameters: ['string'],
  apply: ([text]) => Buffer.from(decodeBase64Text('base64ToString', text as string)).toString('utf8'),
};

/** The old name, which flows use more. */
export const decodeBase64: EagerFunction = { ...base64ToString, name: 'decodeBase64' };
