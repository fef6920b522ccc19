import type { EagerFunction } from '../function-definition.ts';
import { findExtreme } from './extreme.ts';

export const max: EagerFunction = {
  kind: 'eager',
  name: 'max',
  parameters: ['any'],
  rest: 'any',
  apply: (values) => findExtreme('max', values, (order) => order > 0),
};
