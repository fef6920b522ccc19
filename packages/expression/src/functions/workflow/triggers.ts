import type { EagerFunction } from '../function-definition.ts';
import { trigger } from './trigger.ts';

/** What conditions of triggers call `trigger`; documented under both names. */
export const triggers: EagerFunction = { ...trigger, name: 'triggers' };
