import type { JsonObject } from '@patchbay/definition';
import type { FlowRevisionRow } from '@patchbay/store';
import { compileDefinition, type Finding, type FlowDefinition, type Plan } from '@patchbay/workflow';
import { PlatformError } from '../errors/platform-error.ts';
import { actionsOf } from './flow-document.ts';

/**
 * A flow that has errors is not deployed: its author is told of all of them at once. `called` finds the flows that it calls, as they are now. Throws
 * `InvalidDefinition`.
 */
export async function checkDefinition(
  revision: FlowRevisionRow,
  called: (reference: string) => Promise<FlowDefinition | undefined>,
): Promise<void> {
  const references = JSON.parse(revision.connectionReferences) as JsonObject;
  const definition = JSON.parse(revision.definition) as JsonObject;
  const { plan, findings } = compileDefinition(definition, { connectionReferences: Object.keys(references) });
  const all = [...findings, ...(plan === undefined ? [] : await checkCalls(plan, called))];
  const errors = all.filter((finding) => finding.severity === 'error');
  const [first] = errors;
  if (first === undefined) return;
  const more = errors.length === 1 ? '' : ` (and ${errors.length - 1} more)`;
  throw new PlatformError(
    'InvalidDefinition',
    `The definition cannot run: ${first.message}, at ${first.pointer === '' ? '/' : first.pointer}${more}.`,
    { members: { findings: all } },
  );
}

/** A flow that is not there yet may come later; one that is there has to answer. */
async function checkCalls(
  plan: Plan,
  called: (reference: string) => Promise<FlowDefinition | undefined>,
): Promise<readonly Finding[]> {
  const findings = await Promise.all(
    plan.flowUses.map(async ({ reference, pointer }): Promise<readonly Finding[]> => {
      const flow = await called(reference);
      if (flow === undefined || hasResponse(flow)) return [];
      const message = `the flow "${flow.displayName}" that is called has no Response action, so it never answers`;
      return [{ code: 'called-flow-without-response', severity: 'error', message, pointer }];
    }),
  );
  return findings.flat();
}

function hasResponse({ definition }: FlowDefinition): boolean {
  return actionsOf(definition).some(({ type }) => /^response$/i.test(type));
}
