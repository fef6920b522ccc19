import { measureLoop } from '../loops/measure-loop.ts';
import { measureRerun } from '../loops/measure-rerun.ts';
import { leaveRun, measureResume } from '../loops/measure-resume.ts';
import { measureSleepers, putToSleep } from '../loops/measure-sleepers.ts';

/** One measurement in a process of its own: what is asked comes as arguments, what was found goes to the parent process. */
const measurements: { readonly [name: string]: (request: never) => Promise<unknown> } = {
  loop: measureLoop,
  'leave-run': leaveRun,
  resume: measureResume,
  rerun: measureRerun,
  'put-to-sleep': putToSleep,
  sleepers: measureSleepers,
};

const [name = '', request = '{}'] = process.argv.slice(2);
// What the parent process wrote for this measurement.
const result = await measurements[name]?.(JSON.parse(request) as never);
process.send?.(result ?? {});
process.disconnect?.();
