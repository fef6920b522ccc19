import { readEnvelope, toMeteredBytes } from '../../content.ts';
import type { EagerFunction } from '../function-definition.ts';
import { encodeBase64Text } from './encode-base64-text.ts';

export const dataUri: EagerFunction = {
  kind: 'eager',
  name: 'dataUri',
  parameters: ['any'],
  apply: ([value = null], _, meter) => {
    const type = readEnvelope(value)?.contentType ?? 'text/plain;charset=utf-8';
    return `data:${type};base64,${encodeBase64Text('dataUri', toMeteredBytes(value, meter))}`;
  },
};
