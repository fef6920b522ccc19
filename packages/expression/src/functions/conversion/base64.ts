import { toMeteredBytes } from '../../content.ts';
import type { EagerFunction } from '../function-definition.ts';
import { encodeBase64Text } from './encode-base64-text.ts';

export const base64: EagerFunction = {
  kind: 'eager',
  name: 'base64',
  parameters: ['string or object'],
  apply: ([value = null], _, meter) => encodeBase64Text('base64', toMeteredBytes(value, meter)),
};

export const encodeBase64: EagerFunction = { ...base64, name: 'encodeBase64' };
