import { readEnvelope, toBytes } from '../../content.ts';
import type { EagerFunction } from '../function-definition.ts';

export const dataUri: EagerFunction = {
  kind: 'eager',
  name: 'dataUri',
  parameters: ['any'],
  apply: ([value = null]) => {
    const type = readEnvelope(value)?.contentType ?? 'text/plain;charset=utf-8';
    return `data:${type};base64,${Buffer.from(toBytes(value)).toString('base64')}`;
  },
};
