import { fork } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serverArguments } from '../e2e/platform/server-process.ts';
import { type CallsPlace, type CallsResult, measureCalls } from './loops/loop-calls.ts';
import type { LoopRequest, LoopResult } from './loops/measure-loop.ts';
import type { RerunResult } from './loops/measure-rerun.ts';
import type { LeftRequest, ResumeResult } from './loops/measure-resume.ts';
import type { SleepersRequest, SleepersResult } from './loops/measure-sleepers.ts';

type Aimed<Result> = Result & { readonly aim: number };

/** Loops, and runs that have grown long or sleep, on SQLite; aims where there is one. */
export type LoopRows = {
  /** The aim is of `ms`. */
  readonly composes: Aimed<LoopResult>;
  /** The aim is of `ratio`. */
  readonly calls: Aimed<CallsResult>;
  /** The API takes 20 ms for an answer. */
  readonly lateCalls: Aimed<CallsResult>;
  /** 50,000 items, 100,000 items, 5,000 rounds. */
  readonly halfForeach: LoopResult;
  readonly foreach: LoopResult;
  readonly until: LoopResult;
  /** The aim is of `ms`. */
  readonly resumeInLoop: Aimed<ResumeResult>;
  readonly resumeAfterLoop: Aimed<ResumeResult>;
  readonly rerun: RerunResult;
  /** The aim is of `lateP99Ms`. */
  readonly sleepers: Aimed<SleepersResult>;
  readonly crowdedSleepers: Aimed<SleepersResult>;
};

const many = 100_000;

/** Each in a process and on a database file of its own, so that nothing is warm that would be cold. */
export async function measureLoops(place: CallsPlace, progress: (text: string) => void): Promise<LoopRows> {
  progress('a Foreach of one Compose');
  const composes = await loop('foreach', 5000, 7);
  progress('a Foreach of one connector call');
  const calls = await measureCalls(place, 'GetOrder');
  const lateCalls = await measureCalls(place, 'GetLateOrder');
  progress('the memory of long loops');
  const halfForeach = await loop('foreach', many / 2, 1);
  const foreach = await loop('foreach', many, 1);
  const until = await loop('until', 5000, 1);
  progress('going on with a run of 100,000 records');
  const resumeInLoop = await resume('in-loop');
  const resumeAfterLoop = await resume('after-loop');
  progress('repeating a run of 100,000 records from an action on');
  const rerun = await onFile((path) => inProcess<RerunResult>('rerun', { path, count: many }));
  progress('100,000 sleeping runs that wake within a minute');
  const sleepers = await sleep(60_000);
  progress('100,000 sleeping runs that wake within half a minute');
  const crowdedSleepers = await sleep(30_000);
  return {
    composes: { aim: 500, ...composes },
    calls: { aim: 1.3, ...calls },
    lateCalls: { aim: 1.3, ...lateCalls },
    halfForeach,
    foreach,
    until,
    resumeInLoop: { aim: 1000, ...resumeInLoop },
    resumeAfterLoop: { aim: 1000, ...resumeAfterLoop },
    rerun,
    sleepers: { aim: 1000, ...sleepers },
    crowdedSleepers: { aim: 1000, ...crowdedSleepers },
  };
}

function loop(flow: LoopRequest['flow'], count: number, rounds: number): Promise<LoopResult> {
  return onFile((path) => inProcess<LoopResult>('loop', { path, flow, count, rounds }));
}

function resume(where: LeftRequest['where']): Promise<ResumeResult> {
  return onFile(async (path) => {
    const request: LeftRequest = { path, count: many, where };
    await inProcess('leave-run', request);
    return inProcess<ResumeResult>('resume', request);
  });
}

/** How long putting so many to sleep and starting another process may take. */
const preparationMs = 40_000;

function sleep(spreadMs: number): Promise<SleepersResult> {
  return onFile(async (path) => {
    const request: SleepersRequest = { path, count: many, fromMs: Date.now() + preparationMs, spreadMs };
    await inProcess('put-to-sleep', request);
    return inProcess<SleepersResult>('sleepers', request);
  });
}

async function onFile<Result>(measure: (path: string) => Promise<Result>): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), 'patchbay-bench-'));
  try {
    return await measure(join(folder, 'patchbay.db'));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** One of `processes/loop-process.ts`, started with what `npm start` gives a server. `undefined`: it was killed, as it was to be. */
async function inProcess<Result>(name: string, request: object): Promise<Result> {
  const child = fork(join(import.meta.dirname, 'processes/loop-process.ts'), [name, JSON.stringify(request)], {
    execArgv: [...serverArguments],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  let result: Result | undefined;
  child.once('message', (message) => {
    result = message as Result;
  });
  const [code, signal] = await new Promise<readonly [number | null, string | null]>((settle) =>
    child.once('exit', (...ended) => settle(ended)),
  );
  if (code !== 0 && signal !== 'SIGKILL') throw new Error(`${name} ended with code ${code}`);
  // Of one that was killed nobody reads it.
  return result as Result;
}
