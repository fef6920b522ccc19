import type { TriggerKind } from './trigger-kind.ts';

/** Of macros of an agent's desktop: a person starts the run. The recurrence that such a trigger carries says nothing. */
export const start: TriggerKind = { type: 'Start', compile: () => ({}) };
