import type { JsonValue } from '@patchbay/expression';
import { DefinitionError, runOnce, type WorkflowFile } from '@patchbay/workflow';
import { askedConnector } from './asked-connector.ts';
import { type ConnectorAnswers, noConnectorAnswers } from './connector-answers.ts';
import { explainRun } from './explain-run.ts';
import { inferFlowShapes } from './flow-shapes.ts';
import { createFlowWorld } from './flow-world.ts';
import type { Variant } from './generate-data.ts';
import { entriesOf, member } from './json.ts';
import { createVirtualClock } from './virtual-clock.ts';

/** How a run of a flow with generated data ended. */
export type FlowEnd = {
  readonly kind: EndKind;
  /** What ended it; empty of one that succeeded. */
  readonly reason: string;
  /** Actions that were executed, of those that there are. */
  readonly executed: ReadonlySet<string>;
};

/**
 * `own`: what the flow says ended it, whatever it works on. `engine`: nobody foresaw it. `unexplained`: the data that was made up does
 * not suit the flow, or the engine does not do what the flow relies on.
 */
export type EndKind = 'succeeded' | 'own' | 'engine' | 'unexplained';

const startMs = Date.UTC(2026, 0, 31, 12);
/** More than a loop of 5,000 rounds takes, and several months in which only leases are renewed. */
const maximumSteps = 500_000;

/** Runs a flow once, on time that takes none, with everything around it made up. */
export async function runFlow(
  file: WorkflowFile,
  variant: Variant,
  connectorAnswers: ConnectorAnswers = noConnectorAnswers,
): Promise<FlowEnd> {
  const [trigger] = entriesOf(member(file.definition, 'triggers'));
  if (trigger === undefined) return end('own', 'it has no trigger');
  const [triggerName] = trigger;
  try {
    const shapes = inferFlowShapes(file.definition, triggerName, (source, type) => {
      const asked = askedConnector(source, type, file.connectionReferences);
      return asked === undefined ? undefined : connectorAnswers(asked);
    });
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
    if (!(await clock.passUntil(running, maximumSteps))) return end('unexplained', 'it does not come to an end');
    const report = await running;
    if (!('runs' in report)) return explainRun(report, file.definition);
    const [first] = report.runs;
    return first === undefined
      ? notFired(report.reason, file.definition, triggerName)
      : explainRun(first, file.definition);
  } catch (error) {
    if (error instanceof DefinitionError) return end('unexplained', `refused: ${error.message}`);
    return end('engine', error instanceof Error ? (error.stack ?? error.message) : String(error));
  }
}

function notFired(
  reason: { readonly code: string; readonly message: string } | undefined,
  definition: JsonValue,
  triggerName: string,
): FlowEnd {
  const text = reason === undefined ? 'it started no run' : reason.message;
  if (reason?.code === 'ConditionNotMet' || reason?.code === 'NothingToSplit') return end('own', text);
  const splitOn = member(member(member(definition, 'triggers'), triggerName), 'splitOn');
  return end(typeof splitOn === 'string' && !splitOn.startsWith('@') ? 'own' : 'unexplained', text);
}

function end(kind: EndKind, reason: string): FlowEnd {
  return { kind, reason, executed: new Set() };
}

function counter(): () => string {
  let last = 0;
  return () => `00000000-0000-4000-8000-${String(++last).padStart(12, '0')}`;
}
