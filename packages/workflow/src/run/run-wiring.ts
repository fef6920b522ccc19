import type { RunParts } from './action-runner.ts';
import { recordKey } from './activity.ts';
import { afterCommit } from './after-commit.ts';
import type { BatchSendsHost } from './batch-sends.ts';
import type { CallHost } from './call-host.ts';
import { endOfRunMs } from './end-of-run.ts';
import type { Finishing } from './finishing.ts';
import type { LoopHost } from './loops.ts';
import type { WorkHost } from './works.ts';

/** What the calls of a run need of it. */
export function createCallHost(parts: RunParts, finishing: Finishing): CallHost {
  const { request, time, step, journal, waits, inbox, changed } = parts;
  const { flow, host, run } = request;
  return {
    clock: host.clock,
    invoker: host.invoker,
    environmentId: flow.environmentId,
    flowId: flow.flowId,
    flowRevision: run.flowRevision,
    runId: run.runId,
    clientTrackingId: run.clientTrackingId,
    runEndsAtMs: endOfRunMs(request),
    depth: run.parent?.depth ?? 0,
    children: host.children,
    isCallable: host.isCallable,
    random: () => host.ids.random(),
    timestamp: () => time.timestamp(),
    afterCommit: (effect) => afterCommit(parts, effect),
    isHeldSince: (ms) => host.isHeldSince(ms),
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

/** What the loops of a run need of it. */
export function createLoopHost(parts: RunParts, finishing: Finishing): LoopHost {
  const { request, time, step, journal, frontier } = parts;
  return {
    plan: request.plan,
    now: () => time.now(),
    itemsOver: ({ action, frame }) => request.past?.itemsOver.get(recordKey(action.name, frame.iteration)),
    scopeAt: (frame, activity) => step.scopeAt(frame, activity),
    mark: (activity) => journal.mark(activity),
    push: (loop) => frontier.push(loop),
    enter: (frame) => frontier.enter(frame),
    finish: (activity, status, code, error) => finishing.finish(activity, status, code, error),
    finishContainer: (activity, status) => finishing.finishContainer(activity, status),
    fail: (activity, error) => finishing.fail(activity, error),
  };
}

/** What the works of a run need of it. */
export function createWorkHost({ request, changed }: RunParts, finishing: Finishing): WorkHost {
  return {
    request,
    succeed: (activity) => finishing.finish(activity, 'Succeeded', 'OK'),
    fail: (activity, error) => finishing.fail(activity, error),
    timeOut: (activity, error) => finishing.finish(activity, 'TimedOut', error.code, error),
    changed,
  };
}

/** What sending to batches needs of a run. */
export function createBatchSendsHost(parts: RunParts, finishing: Finishing): BatchSendsHost {
  const { request, time, journal, isActive, changed } = parts;
  const { host, run, flow } = request;
  return {
    post: host.batches,
    runId: run.runId,
    sender: { environmentId: flow.environmentId, flowId: flow.flowId },
    isActive,
    timestamp: () => time.timestamp(),
    mark: (activity) => journal.mark(activity),
    afterCommit: (effect) => afterCommit(parts, effect),
    succeed: (activity) => finishing.finish(activity, 'Succeeded', 'OK'),
    fail: (activity, { code, message }) => finishing.finish(activity, 'Failed', code, { code, message }),
    changed,
    report: (error, activity) =>
      host.logger.error({ err: error, runId: run.runId, action: activity.action.name }, 'a message could not be kept'),
    later: (ms, action) => void host.clock.at(host.clock.nowMs() + ms, action),
  };
}
