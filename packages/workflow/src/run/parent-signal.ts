import { stringify, type Value } from '@patchbay/expression';
import type { RunRecord, RunSignal, Status } from '../contract.ts';

/** The one thing that a flow which was called tells its caller. */
export function flowSignalId(runId: string): string {
  return `flow/${runId}`;
}

/** What a Response action says, for the action that called the flow; `undefined`: none did. */
export function responseSignal(
  { runId, parent }: RunRecord,
  response: {
    readonly statusCode: number;
    readonly headers: { readonly [name: string]: string };
    readonly body: Value;
  },
): RunSignal | undefined {
  return parent && signal(runId, parent, stringify(response));
}

/** That the run has ended; heard only where it has not answered before. */
export function endSignal({ runId, parent }: RunRecord, status: Status): RunSignal | undefined {
  return parent && signal(runId, parent, stringify({ status }));
}

function signal(runId: string, parent: NonNullable<RunRecord['parent']>, payload: string): RunSignal {
  const { runId: parentId, action, iteration } = parent;
  return { runId: parentId, action, iteration, signalId: flowSignalId(runId), payload };
}
