import type { RunParts } from './action-runner.ts';
import type { CallHost } from './call-host.ts';
import type { Finishing } from './finishing.ts';

/** What the calls of a run need of it. */
export function createCallHost(parts: RunParts, finishing: Finishing): CallHost {
  const { request, time, step, journal, waits, inbox, isActive, changed } = parts;
  const { flow, host, run } = request;
  return {
    clock: host.clock,
    invoker: host.invoker,
    environmentId: flow.environmentId,
    flowId: flow.flowId,
    runId: run.runId,
    clientTrackingId: run.clientTrackingId,
    depth: run.parent?.depth ?? 0,
    children: host.children,
    isCallable: host.isCallable,
    random: () => host.ids.random(),
    timestamp: () => time.timestamp(),
    afterCommit: (effect) => journal.whenDurable(() => isActive() && effect()),
    mark: (activity) => journal.mark(activity),
    park: (activity, wakeAtMs) => waits.park(activity, wakeAtMs),
    listen: (activity) => inbox.listen(activity),
    takeSignal: (activity) => inbox.take(activity),
    stepAt: (activity) => step.moveTo(activity),
    finish: (activity, end) => finishing.finishCall(activity, end),
    changed,
    report: (error, activity, what = 'a call could not be made') =>
      host.logger.error({ err: error, runId: run.runId, action: activity.action.name }, what),
  };
}
