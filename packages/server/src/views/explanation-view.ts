import type { BoundRequest, Explanation, TraceStep } from '@patchbay/connector';
import type { JsonValue } from '@patchbay/definition';
import { z } from 'zod';
import { toSurfaceForm } from '../errors/describe-error.ts';
import { jsonValue } from '../routes/management/schemas.ts';

export const traceStepSchema = z.looseObject({
  id: z.string(),
  step: z.string(),
  name: z.string().optional(),
  before: jsonValue,
  after: jsonValue,
  edited: z.boolean().optional(),
});

/** A call with its steps, without secrets: the answer is the one of the last step, in which they are hidden. */
export function explanationView({ request, sent, trace, result, error, diagnosis }: Explanation): object {
  return {
    ok: error === undefined && (result === undefined || result.statusCode < 400),
    request: requestView(sent ?? request),
    ...(result !== undefined && { response: answerOf(trace) }),
    ...(error !== undefined && { error: { ...error, code: toSurfaceForm(error.code) } }),
    ...(diagnosis !== undefined && { diagnosis }),
    trace,
  };
}

function requestView({ method, url, headers }: BoundRequest): object {
  return { method, url, headers };
}

function answerOf(trace: readonly TraceStep[]): JsonValue {
  return trace.findLast(({ step }) => step === 'result' || step === 'policy')?.after ?? null;
}
