import type { ExpressionResult } from './expressions.ts';
import type { FlowRow, FlowRows } from './flows.ts';
import type { CallsResult } from './loops/loop-calls.ts';
import type { ResumeResult } from './loops/measure-resume.ts';
import type { SleepersResult } from './loops/measure-sleepers.ts';
import type { MemoryGrowth } from './loops/peak-memory.ts';
import type { LoopRows } from './loops.ts';
import type { Comparison } from './measure.ts';
import type { FileResult } from './stream-files.ts';

/** Everything that was measured in one run. */
export type BenchReport = FlowRows & {
  /** The system's, over a minute, before anything was started: how quiet the machine was. */
  readonly loadAverageBefore: number;
  readonly call: Row;
  readonly policedCall: Row;
  /** At a rate that both keep; the aim is of `addedP99Ms`. */
  readonly latency: Row;
  /** As fast as each goes: the time of a call is that of the queue which the connections make. */
  readonly busyLatency: Comparison;
  /** The aim is of `ratio`. */
  readonly expressions: ExpressionRow;
  readonly fileDown: FileRow;
  readonly fileUp: FileRow;
  readonly memoryIdleMb: { readonly value: number; readonly aim: number };
};

type ExpressionRow = ExpressionResult & { readonly aim: number };
type Line = readonly [title: string, text: string];
type Row = Comparison & { readonly aim: number };
/** The aim is of the product's `peakGrowthMb`. */
type FileRow = { readonly aim: number; readonly product: FileResult; readonly baseline: FileResult };

export function printReport(report: BenchReport): void {
  const { memoryIdleMb } = report;
  const lines: readonly Line[] = [
    ['load average before', report.loadAverageBefore.toFixed(2)],
    ['connector call ÷ bare undici proxy', ratio(report.call)],
    ['… with three policies ÷ bare undici proxy', ratio(report.policedCall)],
    ['… added p99 at 50 connections, 5000/s', addedLatency(report.latency, report.latency.aim)],
    ['… added p99 at 50 connections, flat out', addedLatency(report.busyLatency)],
    ...flowLines(report),
    ['expression ÷ hand-written JavaScript', expression(report.expressions)],
    ['file down through the runtime API', file(report.fileDown)],
    ['file up through the runtime API', file(report.fileUp)],
    ['memory idle', `${memoryIdleMb.value.toFixed(0)} MB (aim below ${memoryIdleMb.aim})`],
  ];
  for (const [title, text] of lines) printLine(title, text);
}

export function printExpressions(row: ExpressionRow): void {
  printLine('expression ÷ hand-written JavaScript', expression(row));
}

export function printFlows(rows: FlowRows & Pick<BenchReport, 'loadAverageBefore'>): void {
  printLine('load average before', rows.loadAverageBefore.toFixed(2));
  for (const [title, text] of flowLines(rows)) printLine(title, text);
}

export function printLoops(rows: LoopRows & Pick<BenchReport, 'loadAverageBefore'>): void {
  const { composes, rerun } = rows;
  const lines: readonly Line[] = [
    ['load average before', rows.loadAverageBefore.toFixed(2)],
    [
      'Foreach over 5,000 items of one Compose',
      `${composes.ms.toFixed(0)} ms (aim below ${composes.aim})  20 at a time; ${blocks(composes)}`,
    ],
    ['Foreach of 5,000 connector calls ÷ bare undici', calls(rows.calls)],
    ['… of an API that takes 20 ms', calls(rows.lateCalls)],
    ['Foreach over 50,000 items', memory(rows.halfForeach)],
    ['Foreach over 100,000 items', memory(rows.foreach)],
    ['Until over 5,000 rounds', memory(rows.until)],
    ['resume in a loop, 100,000 records', resumed(rows.resumeInLoop)],
    ['resume after a loop, 100,000 records', resumed(rows.resumeAfterLoop)],
    [
      'rerun from an action, 100,000 records',
      `${rerun.startedMs.toFixed(0)} ms until it is on record, ${rerun.endedMs.toFixed(0)} ms until its end  ${grown(rerun)}; ${blocks(rerun)}`,
    ],
    ['100,000 sleeping runs that wake in 60 s', late(rows.sleepers)],
    ['… in 30 s', late(rows.crowdedSleepers)],
  ];
  for (const [title, text] of lines) printLine(title, text);
}

function calls({ ratio: value, aim, product, baseline }: CallsResult & { readonly aim: number }): string {
  return `${value.toFixed(2)} (aim below ${aim})  ${product.ms.toFixed(0)} against ${baseline.ms.toFixed(0)} ms, 50 at a time; ${product.cpuMsPerCall.toFixed(3)} against ${baseline.cpuMsPerCall.toFixed(3)} ms CPU a call`;
}

function memory(row: LoopRows['foreach']): string {
  return `${row.ms.toFixed(0)} ms  ${grown(row)}; ${blocks(row)}`;
}

function resumed({ ms, aim, recordsBefore, ...rest }: ResumeResult & { readonly aim: number }): string {
  return `${ms.toFixed(0)} ms (aim below ${aim})  ${recordsBefore} records inside the loop; ${blocks(rest)}`;
}

function late(row: SleepersResult & { readonly aim: number }): string {
  return `p99 ${row.lateP99Ms.toFixed(0)} ms late (aim below ${row.aim}), p50 ${row.lateP50Ms.toFixed(0)}, at most ${row.lateMostMs.toFixed(0)}  asleep ${row.asleepMb.toFixed(0)} MB, ${grown(row)} (aim below 200); ${row.cpuMsPerRun.toFixed(3)} ms CPU a run; ${blocks(row)}`;
}

function grown({ peakMb, heldMb }: MemoryGrowth): string {
  return `${peakMb.toFixed(0)} MB beyond idle at its peak, ${heldMb.toFixed(1)} MB held in the end`;
}

function blocks({ blocksMs }: { readonly blocksMs: readonly number[] }): string {
  return `event loop: ${blocksMs.length} blocks above 10 ms, the longest ${Math.max(0, ...blocksMs).toFixed(0)} ms`;
}

function flowLines({ durableFlow, statelessFlow, composeRuns, nodeRed }: FlowRows): readonly Line[] {
  const { ratio: composeRatio, aim, runsPerSecond, baselineRunsPerSecond, cpuMsPerRun } = composeRuns;
  return [
    ['durable flow ÷ bare node:http server', ratio(durableFlow)],
    ['… CPU of a run beyond the bare server', beyond(durableFlow)],
    ['stateless flow ÷ bare node:http server', ratio(statelessFlow)],
    ['… CPU of a run beyond the bare server', beyond(statelessFlow)],
    ...(nodeRed === undefined ? [] : [['Node-RED, same flow ÷ bare node:http server', ratio(nodeRed)] as const]),
    [
      '10-Compose runs ÷ raw SQLite inserts',
      `${composeRatio.toFixed(2)} (aim ${aim})  ${runsPerSecond.toFixed(0)}/s against ${baselineRunsPerSecond.toFixed(0)}/s, ${cpuMsPerRun.toFixed(3)} ms CPU a run`,
    ],
  ];
}

function beyond({ cpuMsBeyond, eventLoopBlocks }: FlowRow): string {
  const { value, aim } = cpuMsBeyond;
  return `${value.toFixed(3)} ms (aim below ${aim})  event loop: ${eventLoopBlocks.count} blocks above 10 ms, the longest ${eventLoopBlocks.longestMs.toFixed(0)} ms`;
}

function printLine(title: string, text: string): void {
  console.log(`${title.padEnd(46)} ${text}`);
}

function expression(row: ExpressionRow): string {
  const millions = (perSecond: number): string => `${(perSecond / 1e6).toFixed(1)} M/s`;
  return `${row.ratio.toFixed(2)} (aim ${row.aim})  ${millions(row.perSecond)} against ${millions(row.baselinePerSecond)}; without constant folding ${row.ratioUnfolded.toFixed(2)}, ${millions(row.perSecondUnfolded)}`;
}

function ratio({ ratio: value, aim, product, baseline }: Comparison & { readonly aim?: number }): string {
  return `${value.toFixed(2)}${aim === undefined ? '' : ` (aim ${aim})`}  ${product.requestsPerSecond.toFixed(0)}/s against ${baseline.requestsPerSecond.toFixed(0)}/s, ${product.cpuMsPerRequest.toFixed(3)} against ${baseline.cpuMsPerRequest.toFixed(3)} ms CPU, ${product.failures + baseline.failures} failures`;
}

function addedLatency({ addedP99Ms, product, baseline }: Comparison, aim?: number): string {
  return `${addedP99Ms.toFixed(2)} ms${aim === undefined ? '' : ` (aim below ${aim})`}  p99 ${product.p99Ms.toFixed(2)} against ${baseline.p99Ms.toFixed(2)} ms, p50 ${product.p50Ms.toFixed(2)} against ${baseline.p50Ms.toFixed(2)} ms, at ${product.requestsPerSecond.toFixed(0)}/s and ${baseline.requestsPerSecond.toFixed(0)}/s`;
}

function file({ aim, product, baseline }: FileRow): string {
  return `${product.peakGrowthMb.toFixed(0)} MB growth at its peak (aim below ${aim})  ${product.megabytes} MB at ${product.megabytesPerSecond.toFixed(0)} MB/s against ${baseline.megabytesPerSecond.toFixed(0)} MB/s, ${product.cpuMsPerMegabyte.toFixed(2)} against ${baseline.cpuMsPerMegabyte.toFixed(2)} ms CPU a MB; bare proxy ${baseline.peakGrowthMb.toFixed(0)} MB growth`;
}
