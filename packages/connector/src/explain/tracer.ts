import { type Redactor, redactValue } from '@patchbay/credential';
import type { JsonObject, JsonValue } from '@patchbay/definition';
import type { Replay, TraceStep } from '../contract.ts';
import type { FindCallable } from '../forward-request.ts';
import { checkTarget } from './check-target.ts';
import { readRequest } from './message-json.ts';
import type { Observe } from './observe.ts';
import { restoreSecrets, restoreUrl } from './restore-secrets.ts';
import { createStepCounter, type StepPlace } from './step-ids.ts';

/** Keeps the steps of a call, without secrets, and puts an edited value in the place of what one of them made. */
export type Tracer = { readonly trace: readonly TraceStep[]; readonly observe: Observe };

export type TracerOptions = {
  readonly redact: Redactor;
  readonly replay?: Replay & { readonly place: StepPlace };
  readonly baseUrl: string;
  readonly find: FindCallable;
};

export function createTracer(options: TracerOptions): Tracer {
  const { redact, replay } = options;
  const trace: TraceStep[] = [];
  let idOf = createStepCounter();
  const hide = (value: JsonValue): JsonValue => redactValue(value, redact) as JsonValue;
  let isReplaced = false;
  const observe: Observe = (step, before, after, name) => {
    // A call that is made again with a renewed credential begins here again.
    if (step === 'authenticate') idOf = createStepCounter();
    const id = idOf(step, name);
    const isHere = replay !== undefined && !isReplaced && id === replay.from;
    if (after === undefined && !isHere) return undefined;
    const shown = { id, step, ...(name !== undefined && { name }), before: hide(before()) };
    if (!isHere) {
      trace.push({ ...shown, after: after === undefined ? null : hide(after()) });
      return undefined;
    }
    isReplaced = true;
    const made = after?.() ?? before();
    const value = replay.place.kind === 'request' ? editRequest(replay.value, made, options) : replay.value;
    trace.push({ ...shown, after: hide(value), edited: true });
    return value;
  };
  return { trace, observe };
}

/** An edited request with the secrets that it was shown without, kept to where the connection may go. */
function editRequest(edited: JsonValue, made: JsonValue, { redact, baseUrl, find }: TracerOptions): JsonValue {
  const actual = made as JsonObject;
  const written = readRequest(edited);
  const { url, ...rest } = edited as JsonObject;
  const headers = { headers: { ...written.headers } };
  const restored = restoreSecrets({ ...rest, ...headers }, actual, redact) as JsonObject;
  const request = {
    ...restored,
    method: written.method,
    url: restoreUrl(String(url), String(actual['url'] ?? ''), redact),
  };
  checkTarget(readRequest(request), readRequest(actual), baseUrl, find);
  return request;
}
