import { toBytes, toEnvelope } from '../../content.ts';
import type { EagerFunction } from '../function-definition.ts';

export const binary: EagerFunction = {
  kind: 'eager',
  name: 'binary',
  parameters: ['any'],
  apply: ([value = null]) => toEnvelope('application/octet-stream', toBytes(value)),
};
