import { type BatchVerdict, judgeBatches } from '../crash/batches.ts';
import type { LoggingUpstream } from '../crash/logging-upstream.ts';
import type { Audit } from './audit.ts';
import { type MixedFlow, sendingFlowName } from './mixed-flows.ts';

/** A run whose start was acknowledged. */
export type Accepted = { readonly ticket: string; readonly runId: string; readonly flow: MixedFlow };

/** What the records and the called API's own log show together. Every list is empty when all is well. */
export type Verdict = {
  readonly accepted: number;
  readonly lost: readonly string[];
  readonly incomplete: readonly string[];
  /** Calls that were made after their action was on record. */
  readonly repeatedRecorded: readonly string[];
  /** Calls made twice with another key, or of which the history says nothing. */
  readonly repeatedSilently: readonly string[];
  /** Calls in doubt that were made again, with the same key and told. */
  readonly repeatedInDoubt: number;
  readonly staleRecords: number;
  /** Callbacks that were waited for, each sent twice. */
  readonly callbacks: number;
  /** Those that were taken, or recorded, twice. */
  readonly callbacksTwice: readonly string[];
  readonly batches: BatchVerdict;
};

/** A record is written some moments before the clock of the called API says so. */
const clockGrainMs = 2;

export async function judge(
  accepted: readonly Accepted[],
  upstream: LoggingUpstream,
  audit: Audit,
  gathering: string,
): Promise<Verdict> {
  const [statuses, results, gathered, calledBackTwice, successes, told, staleRecords] = await Promise.all([
    audit.statuses(),
    audit.results(),
    audit.gathered(gathering),
    audit.calledBackTwice(),
    audit.successes(),
    audit.told(),
    audit.staleRecords(),
  ]);
  const byStep = Map.groupBy(upstream.calls, ({ ticket, step }) => `${ticket}/${step}`);
  const lost: string[] = [];
  const incomplete: string[] = [];
  const repeatedRecorded: string[] = [];
  const repeatedSilently: string[] = [];
  let repeatedInDoubt = 0;
  for (const { ticket, runId, flow } of accepted) {
    const status = statuses.get(runId);
    if (status === undefined) lost.push(ticket);
    else if (status !== 'Succeeded' || results.get(runId) !== JSON.stringify(flow.result)) {
      incomplete.push(`${flow.name} ${ticket}: ${status}, ${results.get(runId)}`);
    }
    for (const { step, action, iteration } of flow.steps) {
      const made = byStep.get(`${ticket}/${step}`) ?? [];
      const key = `${runId}/${action}/${iteration}`;
      const recordedMs = successes.get(key);
      if (made.length === 0 || recordedMs === undefined) incomplete.push(`${ticket}: ${step}`);
      else if (made.some(({ atMs }) => atMs > recordedMs + clockGrainMs)) repeatedRecorded.push(`${ticket}: ${step}`);
      if (made.length < 2) continue;
      const keys = new Set(made.map(({ idempotencyKey }) => idempotencyKey));
      if (keys.size === 1 && !keys.has(undefined) && told.has(key)) repeatedInDoubt += 1;
      else repeatedSilently.push(`${ticket}: ${step}`);
    }
  }
  return {
    accepted: accepted.length,
    lost,
    incomplete,
    repeatedRecorded,
    repeatedSilently,
    repeatedInDoubt,
    staleRecords,
    callbacks: 3 * accepted.filter(({ flow }) => flow.name === 'Asks').length,
    callbacksTwice: [...calledBackTwice, ...upstream.callbacksTakenTwice()],
    batches: judgeBatches(
      accepted.flatMap(({ ticket, flow }) => (flow.name === sendingFlowName ? [ticket] : [])),
      gathered,
    ),
  };
}
