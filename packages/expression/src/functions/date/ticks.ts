import { integer } from '../../numbers.ts';
import type { EagerFunction } from '../function-definition.ts';
import { readTimestamp } from './read-timestamp.ts';

export const ticks: EagerFunction = {
  kind: 'eager',
  name: 'ticks',
  parameters: ['timestamp'],
  apply: ([timestamp], scope) => integer(readTimestamp('ticks', timestamp, scope).ticks),
};
