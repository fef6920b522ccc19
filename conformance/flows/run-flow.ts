import { DefinitionError, type RunReport, runOnce, type WorkflowFile } from '@patchbay/workflow';
import { createFlowWorld } from './flow-world.ts';
import { inferFlowShapes } from './flow-shapes.ts';
import type { Variant } from './generate-data.ts';
import { entriesOf, member } from './json.ts';
import { createVirtualClock } from './virtual-clock.ts';

const startMs = Date.UTC(2026, 0, 31, 12);
/** More than a loop of 5,000 rounds with a wait in each takes. */
const maximumSteps = 40_000;

export async function runFlow(file: WorkflowFile, variant: Variant) {
  const [triggerName] = entriesOf(member(file.definition, 'triggers'))[0] ?? [''];
  const shapes = inferFlowShapes(file.definition, triggerName);
  const world = createFlowWorld(file, shapes, variant);
  const clock = createVirtualClock(startMs);
  const running = runOnce({
    definition: file.definition,
    connectionReferences: file.connectionReferences,
    trigger: triggerName,
    ...world,
    clock,
    ids: { owner: 'conformance', guid: counter(), random: () => 0.5 },
  });
  const isOver = await clock.passUntil(running, maximumSteps);
  return isOver ? running : undefined;
}

function counter(): () => string {
  let last = 0;
  return () => `00000000-0000-4000-8000-${String(++last).padStart(12, '0')}`;
}
