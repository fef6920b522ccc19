import { toEnvelope, toMeteredBytes } from '../../content.ts';
import type { EagerFunction } from '../function-definition.ts';

export const binary: EagerFunction = {
  kind: 'eager',
  name: 'binary',
  parameters: ['any'],
  apply: ([value = null], _, meter) => toEnvelope('application/octet-stream', toMeteredBytes(value, meter)),
};
