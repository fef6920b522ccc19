import type { JsonValue } from '@patchbay/expression';
import type { ActionReport, RunReport } from '@patchbay/workflow';
import { type DefinitionAction, definitionActions } from './definition-actions.ts';
import { member } from './json.ts';
import { readsTheRun } from './reads-the-run.ts';
import type { FlowEnd } from './run-flow.ts';

type Failed = { readonly action: DefinitionAction; readonly code: string; readonly message: string };

/** What holds other actions fails with them, and says no more. */
const codesOfContainers: ReadonlySet<string> = new Set(['ActionFailed', 'ActionSkipped']);

/** Why a run ended as it did. Failures that the flow handles are looked at as well: nothing that was made up should fail an action. */
export function explainRun(report: RunReport, definition: JsonValue): FlowEnd {
  const actions = new Map(definitionActions(definition).map((action) => [action.name, action]));
  const reports = Object.entries(report.actions).flatMap(([name, action]) =>
    (action.repetitions ?? [action]).map((one): [string, Omit<ActionReport, 'repetitions'>] => [name, one]),
  );
  const executed = new Set(reports.flatMap(([name, { status }]) => (status === 'Skipped' ? [] : [name])));
  const failures = reports.flatMap(([name, { status, code, error }]): Failed[] => {
    const action = actions.get(name);
    if (action === undefined || (status !== 'Failed' && status !== 'TimedOut')) return [];
    if (action.type === 'terminate' || codesOfContainers.has(code ?? '')) return [];
    return [{ action, code: code ?? status, message: error?.message ?? '' }];
  });
  const say = (kind: FlowEnd['kind'], reason: string): FlowEnd => ({ kind, reason, executed });
  const internal = failures.find(({ code }) => code === 'InternalServerError');
  if (internal !== undefined) return say('engine', describe(internal));
  const strange = failures.find((failed) => !isOwn(failed));
  if (strange !== undefined) return say('unexplained', describe(strange));
  if (report.code === 'Terminated') return say('own', 'its Terminate');
  const [own] = failures;
  if (report.status === 'Succeeded') return say('succeeded', '');
  return own === undefined ? say('unexplained', `${report.status} ${report.code ?? ''}`) : say('own', describe(own));
}

/** Whether an action fails whatever it is given: by its own limit of time, or as nothing that it evaluates is anything but constant. */
function isOwn({ action, code }: Failed): boolean {
  if (code === 'ActionTimedOut') return member(action.definition, 'limit') !== undefined;
  return !readsTheRun(action.definition);
}

function describe({ action, code, message }: Failed): string {
  return `${action.name}: ${code} ${message}`.trimEnd();
}
