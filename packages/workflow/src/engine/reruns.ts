import type { ActionRecord, Clock, RunRecord, RunStore } from '../contract.ts';
import { DefinitionError, RerunRefusedError } from '../failures.ts';
import { changedAction } from '../plan/changed-action.ts';
import type { Plan } from '../plan/plan.ts';
import { keptRecords } from '../run/kept-records.ts';
import { formatTimestamp } from '../run/timestamp.ts';
import type { FireResult, RerunRequest } from './engine-contract.ts';
import type { LoadedFlow } from './plan-cache.ts';
import type { RestartRequest } from './run-starter.ts';
import { findTrigger } from './trigger-record.ts';

/** What doing runs again needs of its engine. */
export type RerunsHost = {
  readonly clock: Clock;
  readonly store: RunStore;
  load(flowId: string, revision: number): Promise<LoadedFlow | undefined>;
  startAgain(request: RestartRequest): Promise<FireResult>;
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
    const trigger = findTrigger(loaded, earlier.trigger.name);
    // What ran is told by the plan that it ran on.
    const ran =
      loaded.flow.revision === earlier.flowRevision ? loaded : await this.#load(earlier, earlier.flowRevision);
    const all = await this.#allRecords(runId, ran.plan);
    const now = formatTimestamp(clock.nowMs());
    const kept = keptRecords({ plan: loaded.plan, records: all, actions, now });
    if (kept.kind === 'not-run') {
      const message = `Run ${runId} has no action "${kept.action}" that ran, so that it could be done again.`;
      throw new RerunRefusedError('ActionNotRun', message);
    }
    refuseChanged(earlier, ran, loaded, kept.records);
    return this.#host.startAgain({ loaded, trigger, request, earlier, records: kept.records });
  }

  async #load({ flowId }: RunRecord, revision: number): Promise<LoadedFlow> {
    const loaded = await this.#host.load(flowId, revision);
    if (loaded !== undefined) return loaded;
    const message = `revision ${revision} is not known`;
    throw new DefinitionError(`flow ${flowId}`, [{ code: 'definition-invalid', message, pointer: '' }]);
  }

  async #allRecords(runId: string, plan: Plan): Promise<readonly ActionRecord[]> {
    const { store } = this.#host;
    const outside = await store.listActions(runId);
    const inLoops = plan.actions.filter(({ block }) => isInLoop(plan, block));
    const inside = await Promise.all(inLoops.map(({ name }) => store.listActions(runId, name)));
    return [...outside, ...inside.flatMap((records) => records.filter(({ iteration }) => iteration !== ''))];
  }
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
