import { Activity, type Frame, type Loop } from './activity.ts';

/** What of a run is ready: derived from its plan and from what has finished. */
export class Frontier {
  readonly #ready: (Activity | Loop)[] = [];
  readonly #onFrameDone: (frame: Frame) => void;
  #isClosed = false;

  constructor(onFrameDone: (frame: Frame) => void) {
    this.#onFrameDone = onFrameDone;
  }

  get size(): number {
    return this.#ready.length;
  }

  take(): Activity | Loop | undefined {
    return this.#ready.pop();
  }

  push(item: Activity | Loop): void {
    this.#ready.push(item);
  }

  /** Nothing becomes ready any more. */
  close(): void {
    this.#isClosed = true;
    this.#ready.length = 0;
  }

  /** Begins a block. */
  enter(frame: Frame): void {
    const { entries, members } = frame.block;
    for (let index = entries.length - 1; index >= 0; index--) {
      const action = members[entries[index] ?? 0];
      if (action !== undefined) this.#ready.push(new Activity(action, frame));
    }
    if (frame.remaining === 0) this.#onFrameDone(frame);
  }

  /** What waits for an activity comes nearer; the last of a block ends the block. */
  settle(activity: Activity): void {
    if (this.#isClosed) return;
    const { frame, action } = activity;
    for (const successor of action.successors) {
      const left = (frame.pending[successor] ?? 0) - 1;
      frame.pending[successor] = left;
      const member = frame.block.members[successor];
      if (left === 0 && member !== undefined) this.#ready.push(new Activity(member, frame));
    }
    frame.remaining--;
    if (frame.remaining === 0) this.#onFrameDone(frame);
  }
}
