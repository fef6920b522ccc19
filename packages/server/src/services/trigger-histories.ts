import type { Store } from '@patchbay/store';
import type { RunPosition, RunRecord, RunSummary } from '@patchbay/workflow';
import { PlatformError } from '../errors/platform-error.ts';
import { historyName, type TriggerHistory } from '../views/trigger-history-view.ts';

const mostNotes = 100;
/** Of a flow with several triggers, the runs among which the last of one is looked for. */
const runsToLookAt = 50;

export type HistoryPage = {
  /** Newest first. */
  readonly histories: readonly TriggerHistory[];
  /** The run to go on after; absent on the last page. */
  readonly next?: RunPosition;
};

/** What became of a trigger's firings: its runs, and what it did that started none. */
export class TriggerHistories {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  /** A page has as many runs of the flow as it is long; what else the trigger did stands among them by its time. */
  async page(
    flowId: string,
    trigger: string,
    { after, limit }: { readonly after: RunPosition | undefined; readonly limit: number },
  ): Promise<HistoryPage> {
    const runs = await this.#store.runs.listRunSummaries({ flowId, limit, ...(after !== undefined && { after }) });
    const last = runs.at(-1);
    const next = runs.length === limit ? last : undefined;
    const beforeMs = after === undefined ? Number.POSITIVE_INFINITY : Date.parse(after.startTime);
    const fromMs = next === undefined ? Number.NEGATIVE_INFINITY : startMs(next);
    const notes = await this.#store.watches.notes(flowId, trigger, mostNotes);
    const histories: readonly (readonly [number, TriggerHistory])[] = [
      ...runs.filter((run) => run.trigger.name === trigger).map((run) => [startMs(run), { kind: 'run', run }] as const),
      ...notes
        .filter(({ atMs }) => atMs >= fromMs && atMs < beforeMs)
        .map((note) => [note.atMs, { kind: 'note', note }] as const),
    ];
    const sorted = histories.toSorted(([left], [right]) => right - left).map(([, history]) => history);
    return { histories: sorted, ...(next !== undefined && { next }) };
  }

  /** When a trigger fired last and looks or fires next, in milliseconds since the epoch, where that is known. */
  async times(flowId: string, trigger: string): Promise<{ readonly lastMs?: number; readonly nextMs?: number }> {
    const [runs, schedules, watches] = await Promise.all([
      this.#store.runs.listRunSummaries({ flowId, limit: runsToLookAt }),
      this.#store.schedules.list(flowId),
      this.#store.watches.list(flowId),
    ]);
    const last = runs.find((run) => run.trigger.name === trigger);
    const schedule = schedules.find((one) => one.trigger === trigger && one.isStopped !== true);
    const poll = watches.find((one) => one.trigger === trigger && one.kind === 'poll' && one.status !== 'Stopped');
    const nextMs = schedule?.nextFireMs ?? poll?.dueMs;
    return { ...(last !== undefined && { lastMs: startMs(last) }), ...(nextMs !== undefined && { nextMs }) };
  }

  /** With the whole run. Throws `TriggerHistoryNotFound`. */
  async get(
    flowId: string,
    trigger: string,
    name: string,
  ): Promise<Extract<TriggerHistory, { kind: 'note' }> | { readonly kind: 'run'; readonly run: RunRecord }> {
    const run = await this.#store.runs.findRun(name);
    if (run !== undefined && run.flowId === flowId && run.trigger.name === trigger) return { kind: 'run', run };
    const notes = await this.#store.watches.notes(flowId, trigger, mostNotes);
    const found = notes
      .map((note) => ({ kind: 'note', note }) as const)
      .find((history) => historyName(history) === name);
    if (found !== undefined) return found;
    throw new PlatformError('TriggerHistoryNotFound', `The trigger "${trigger}" has no history "${name}".`);
  }
}

function startMs({ startTime }: RunSummary): number {
  return Date.parse(startTime);
}
