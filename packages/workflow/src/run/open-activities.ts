import type { Activity, Frame } from './activity.ts';

/** The frames of a container in which something may still run. */
export function openFrames(activity: Activity): readonly Frame[] {
  const { loop, frames = [] } = activity;
  switch (loop?.kind) {
    case 'foreach':
      return [...loop.live];
    case 'until':
      return loop.live === undefined ? [] : [loop.live];
    case undefined:
      return frames;
  }
}

/** Visits what has begun and not finished, outermost first. */
export function eachOpen(frame: Frame, visit: (activity: Activity) => void): void {
  for (const activity of frame.activities) {
    if (activity === undefined || activity.isDone) continue;
    visit(activity);
    for (const inner of openFrames(activity)) eachOpen(inner, visit);
  }
}
