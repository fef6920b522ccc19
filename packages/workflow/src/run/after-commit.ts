import type { RunParts } from './action-runner.ts';

/**
 * Starts an effect once everything said so far is durable, and only where the run was this process's a moment ago: a process that was
 * frozen between the commit and the call finds its run gone, and must not call for it. One that took so long says its place again first,
 * which the store refuses when another has the run.
 */
export function afterCommit(parts: RunParts, effect: (askedMs: number) => void): void {
  const { journal, isActive, changed, request } = parts;
  const { clock, confirmedMs } = request.host;
  journal.whenDurable((askedMs) => {
    if (!isActive()) return;
    if (clock.nowMs() - askedMs < confirmedMs) {
      effect(askedMs);
      return;
    }
    afterCommit(parts, effect);
    changed();
  });
}
