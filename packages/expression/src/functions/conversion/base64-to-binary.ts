import { toEnvelope } from '../../content.ts';
import type { EagerFunction } from '../function-definition.ts';
import { decodeBase64Text } from './decode-base64-text.ts';

export const base64ToBinary: EagerFunction = {
  kind: 'eager',
  name: 'base64ToBinary',
  parameters: ['string'],
  apply: ([text]) => toEnvelope('application/octet-stream', decodeBase64Text('base64ToBinary', text as string)),
};
