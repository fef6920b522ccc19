import type { ActionRecord } from '@patchbay/workflow';
import type { Services } from '../services/services.ts';

/** Runs a flow once through its trigger and tells each step, the answer, the status and where to look at it. */
export async function runExample(services: Services, flowId: string, say: (line: string) => void): Promise<void> {
  const { flow } = await services.flows.callable(flowId);
  say('  running it once:');
  const { runs } = await services.engine.fire({
    flow,
    trigger: 'manual',
    outputs: { headers: {}, body: {} },
    wantsResponse: true,
  });
  const [started] = runs;
  if (started === undefined) return;
  const response = await started.response;
  const run = await untilFinished(services, started.runId);
  const records = await services.store.runs.listActions(started.runId);
  for (const record of records)
    say(`  ${record.status === 'Succeeded' ? '✓' : record.status === 'Skipped' ? '–' : '✗'} ${describe(record)}`);
  if (response?.kind === 'response')
    say(
      `  it answered ${response.statusCode}: ${JSON.stringify((response.body as { summary?: unknown } | null)?.summary ?? response.body)}`,
    );
  say(`  ${run.status}: ${services.origin}/flows/${flowId}/runs/${started.runId}`);
}

function describe({ action, status, startTime, endTime, repetitionCount, error }: ActionRecord): string {
  const times = repetitionCount === undefined ? '' : ` (${repetitionCount} times)`;
  const duration =
    endTime === undefined || status === 'Skipped' ? '' : `${Date.parse(endTime) - Date.parse(startTime)} ms`;
  const why = error === undefined || status === 'Skipped' ? '' : `: ${error.message}`;
  return `${action.replaceAll('_', ' ').concat(times).padEnd(36)} ${status.padEnd(10)} ${duration}${why}`.trimEnd();
}

async function untilFinished({ store }: Services, runId: string) {
  for (;;) {
    const run = await store.runs.findRun(runId);
    if (run !== undefined && run.status !== 'Running' && run.status !== 'Waiting') return run;
    await new Promise((wake) => setTimeout(wake, 10));
  }
}
