import { toBytes } from '../../content.ts';
import type { EagerFunction } from '../function-definition.ts';

export const base64: EagerFunction = {
  kind: 'eager',
  name: 'base64',
  parameters: ['string or object'],
  apply: ([value = null]) => Buffer.from(toBytes(value)).toString('base64'),
};

export const encodeBase64: EagerFunction = { ...base64, name: 'encodeBase64' };
