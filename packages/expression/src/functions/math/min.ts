import type { EagerFunction } from '../function-definition.ts';
import { findExtreme } from './extreme.ts';

export const min: EagerFunction = {
  kind: 'eager',
  name: 'min',
  parameters: ['any'],
  rest: 'any',
  apply: (values) => findExtreme('min', values, (order) => order < 0),
};
