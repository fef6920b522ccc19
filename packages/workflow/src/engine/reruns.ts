import type { ActionRecord, Clock, RunRecord, RunStore } from '../contract.ts';
import { DefinitionError, DuplicateRunError, RerunRefusedError } from '../failures.ts';
import { changedAction } from '../plan/changed-action.ts';
import type { Plan } from '../plan/plan.ts';
import { keptRecords } from '../run/kept-records.ts';
import { PastRecords } from '../run/past-records.ts';
import { formatTimestamp } from '../run/timestamp.ts';
import type { FireResult, RerunRequest } from './engine-contract.ts';
import { isKind } from './error-kind.ts';
import type { LoadedFlow } from './plan-cache.ts';
import { duplicateRun, gateOf, tooManyRuns } from './trigger-gate.ts';
import { findTrigger } from './trigger-record.ts';

/** What doing runs again needs of its engine. */
export type RerunsHost = {
  readonly clock: Clock;
  readonly store: RunStore;
  readonly owner: string;
  nextRunId(nowMs: number): string;
  load(flowId: string, revision: number): Promise<LoadedFlow | undefined>;
  /** A run that is nobody's yet is on record. */
  wake(runId: string): void;
};

/** Starts runs that begin with the results of others. */
export class Reruns {
  readonly #host: RerunsHost;

  constructor(host: RerunsHost) {
    this.#host = host;
  }

  async rerun(request: RerunRequest): Promise<FireResult> {
    const { clock, store } = this.#host;
    const { runId, actions } = request;
    const earlier = await store.findRun(runId);
    if (earlier === undefined) throw new RerunRefusedError('RunNotFound', `There is no run ${runId}.`);
    if (earlier.status === 'Running' || earlier.status === 'Waiting') {
      const message = `Run ${runId} has not ended yet: wait for its end or cancel it, then do it again.`;
      throw new RerunRefusedError('RunNotEnded', message);
    }
    const loaded = await this.#load(earlier, request.revision ?? earlier.flowRevision);
    // What ran is told by the plan that it ran on.
    const ran =
      loaded.flow.revision === earlier.flowRevision ? loaded : await this.#load(earlier, earlier.flowRevision);
    const all = await this.#allRecords(runId, ran.plan);
    // Records go with their run, so all of them are there if it still is.
    if ((await store.findRun(runId)) === undefined)
      throw new RerunRefusedError('RunNotFound', `Run ${runId} is not kept any more.`);
    const nowMs = clock.nowMs();
    const now = formatTimestamp(nowMs);
    const kept = keptRecords({ plan: loaded.plan, records: all, actions, now });
    if (kept.kind === 'not-run') {
      const message = `Run ${runId} has no action "${kept.action}" that ran, so that it could be done again.`;
      throw new RerunRefusedError('ActionNotRun', message);
    }
    refuseChanged(earlier, ran, loaded, kept.records);
    return this.#record({ loaded, request, earlier, nowMs }, kept.records);
  }

  /** The run is taken over, here or elsewhere, as one that a process has left. */
  async #record(again: Again, kept: readonly ActionRecord[]): Promise<FireResult> {
    const { store, owner } = this.#host;
    const { loaded, request, earlier, nowMs } = again;
    const { uniqueKey } = request;
    const trigger = findTrigger(loaded, earlier.trigger.name);
    const gate = gateOf(loaded.flow, trigger, undefined);
    const run = { ...runAgain(again, this.#host.nextRunId(nowMs)), ...(gate === undefined ? {} : { gate: gate.key }) };
    const { runId, clientTrackingId } = run;
    const started = {
      kind: 'run-started',
      run,
      owner,
      leaseUntilMs: 0,
      records: kept.map((record) => ({ ...record, runId })),
      ...(uniqueKey === undefined ? {} : { uniqueKey }),
    } as const;
    try {
      if (gate === undefined) await store.append({ runId, epoch: 1 }, [started]);
      else if ((await store.admit(started, gate)) === 'full')
        return { runs: [], fired: false, reason: tooManyRuns(trigger) };
    } catch (error) {
      if (!isKind(error, DuplicateRunError, 'DuplicateRun')) throw error;
      return { runs: [], fired: false, reason: duplicateRun(request) };
    }
    this.#host.wake(runId);
    return { runs: [{ runId, clientTrackingId }], fired: true };
  }

  async #load({ flowId }: RunRecord, revision: number): Promise<LoadedFlow> {
    const loaded = await this.#host.load(flowId, revision);
    if (loaded !== undefined) return loaded;
    const message = `revision ${revision} is not known`;
    throw new DefinitionError(`flow ${flowId}`, [{ code: 'definition-invalid', message, pointer: '' }]);
  }

  /** Read in turns that are short however many there are. */
  async #allRecords(runId: string, plan: Plan): Promise<readonly ActionRecord[]> {
    const { store } = this.#host;
    const records = [...(await store.listActions(runId))];
    const inLoops = plan.actions.filter(({ block }) => isInLoop(plan, block));
    if (inLoops.length === 0) return records;
    const source = new PastRecords(store, runId);
    await source.tally();
    for (const { name } of inLoops) {
      for await (const page of source.pages([name], source.iterations(name))) records.push(...page);
    }
    return records;
  }
}

type Again = {
  readonly loaded: LoadedFlow;
  readonly request: RerunRequest;
  readonly earlier: RunRecord;
  readonly nowMs: number;
};

function runAgain({ loaded, request, earlier, nowMs }: Again, runId: string): RunRecord {
  const time = formatTimestamp(nowMs);
  return {
    runId,
    flowId: earlier.flowId,
    flowRevision: loaded.flow.revision,
    status: 'Running',
    startTime: time,
    trigger: { ...earlier.trigger, startTime: time, endTime: time },
    clientTrackingId: earlier.clientTrackingId,
    origin: { runId: earlier.runId, actions: request.actions },
  };
}

function refuseChanged({ runId }: RunRecord, ran: LoadedFlow, now: LoadedFlow, kept: readonly ActionRecord[]): void {
  if (ran === now) return;
  const namesOf = (records: readonly ActionRecord[]) => new Set(records.map(({ action }) => action.toLowerCase()));
  const begun = namesOf(kept.filter(({ status }) => status === 'Running'));
  const results = namesOf(kept.filter(({ status }) => status !== 'Running' && status !== 'Skipped'));
  const changed = changedAction(ran.flow.definition, now.flow.definition, results, begun);
  if (changed === undefined) return;
  const message =
    `The action "${changed}" is another one in revision ${now.flow.revision} of the flow than the one whose result run ${runId} has. ` +
    'Resubmit the run, or name that action to do it again.';
  throw new RerunRefusedError('ActionChanged', message);
}

function isInLoop(plan: Plan, block: number): boolean {
  for (let index = block; index >= 0; index = plan.blocks[index]?.parent ?? -1) {
    const owner = plan.actions[plan.blocks[index]?.owner ?? -1];
    if (owner?.compiled.role === 'loop') return true;
  }
  return false;
}
