import { recurrenceTrigger } from './recurrence.ts';
import { manual, request } from './request.ts';
import type { TriggerKind } from './trigger-kind.ts';

/** Every kind of trigger there is. */
export const triggerKinds: readonly TriggerKind[] = [request, manual, recurrenceTrigger];

/** The kind of a type name in any case. */
export function findTriggerKind(type: string): TriggerKind | undefined {
  const lowerType = type.toLowerCase();
  return triggerKinds.find((kind) => kind.type.toLowerCase() === lowerType);
}
