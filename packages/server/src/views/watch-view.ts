import type { JsonValue } from '@patchbay/definition';
import type { TriggerNote, WatchRecord } from '@patchbay/workflow';
import { z } from 'zod';
import { isHttpSubscription } from '../services/http-trigger-source.ts';
import { timeText } from './resource.ts';

const failure = z.object({ code: z.string(), message: z.string() });

/** What is kept of how a trigger hears of events. */
export const watchesSchema = z.object({
  watches: z.array(
    z.object({
      kind: z.enum(['subscription', 'poll']),
      status: z.enum(['Starting', 'Active', 'Stopped', 'Ending', 'Failed', 'EndFailed']),
      activeSince: z.string().optional(),
      lastContact: z.string().optional(),
      lastEvent: z.string().optional(),
      nextContact: z.string().optional(),
      attempts: z.number(),
      error: failure.optional(),
      state: z.unknown(),
    }),
  ),
  notes: z.array(
    z.object({
      at: z.string(),
      event: z.string(),
      status: z.string(),
      code: z.string(),
      message: z.string().optional(),
    }),
  ),
});

export function watchesView(watches: readonly WatchRecord[], notes: readonly TriggerNote[]): object {
  return { watches: watches.map(watchView), notes: notes.map(noteView) };
}

function watchView(watch: WatchRecord): object {
  const { kind, status, attempts, error, state } = watch;
  return {
    kind,
    status,
    attempts,
    ...(watch.activeSinceMs !== undefined && { activeSince: timeText(watch.activeSinceMs) }),
    ...(watch.lastContactMs !== undefined && { lastContact: timeText(watch.lastContactMs) }),
    ...(watch.lastEventMs !== undefined && { lastEvent: timeText(watch.lastEventMs) }),
    ...(watch.dueMs !== undefined && { nextContact: timeText(watch.dueMs) }),
    ...(error !== undefined && { error }),
    // Written as JSON by the trigger's source.
    state: state === undefined ? null : shown(JSON.parse(state) as JsonValue),
  };
}

/** What gives a subscription at an address back is sealed, and nobody's to see. */
function shown(state: JsonValue): JsonValue {
  return isHttpSubscription(state) ? { kind: state.kind } : state;
}

function noteView({ atMs, event, status, code, message }: TriggerNote): object {
  return { at: timeText(atMs), event, status, code, ...(message !== undefined && { message }) };
}
