import type { FlowDefinition, FlowDirectory, RunParent } from '../contract.ts';
import { DefinitionError } from '../failures.ts';
import { hasOperationOption, memberAt } from '../plan/json.ts';
import type { TriggerPlan } from '../plan/plan.ts';
import type { ChildFlows, ChildRequest, ChildStart } from '../run/child-flows.ts';
import { withoutAuthorization } from '../secure/authorization.ts';
import type { FireRequest, FireResult } from './engine-contract.ts';
import type { LoadedFlow } from './plan-cache.ts';

/** How many flows may call one another: a flow that calls itself comes to an end. */
const deepest = 25;

/** What starting the flows that actions call needs of its engine. */
export type ChildHost = {
  readonly directory: FlowDirectory | undefined;
  nextRunId(): string;
  compile(flow: FlowDefinition): LoadedFlow;
  fire(request: FireRequest, as: { readonly runId: string; readonly parent: RunParent }): Promise<FireResult>;
  /** Asks a run to stop; resolves when the wish is durable. */
  stop(runId: string): Promise<void>;
  isActive(runId: string): boolean;
};

/** Starts the flows that actions call. */
export class ChildStarter implements ChildFlows {
  readonly #host: ChildHost;

  constructor(host: ChildHost) {
    this.#host = host;
  }

  nextRunId(): string {
    return this.#host.nextRunId();
  }

  stop(runId: string): Promise<void> {
    return this.#host.stop(runId);
  }

  isHere(runId: string): boolean {
    return this.#host.isActive(runId);
  }

  async start(
    request: ChildRequest,
    caller: { readonly environmentId: string; readonly flowId: string },
  ): Promise<ChildStart> {
    const { runId, reference, parent, clientTrackingId } = request;
    if (parent.depth > deepest) {
      const message = `Flows have called one another ${deepest} times over. Does one of them call itself?`;
      return refused('NestedWorkflowTooDeep', message);
    }
    const found = await this.#host.directory?.findCalled(reference, caller);
    if (found === undefined) {
      return refused('NestedWorkflowNotFound', `There is no flow '${reference}' that this flow may call.`);
    }
    const { flow, isStarted } = found;
    if (!isStarted) return refused('WorkflowNotEnabled', `The flow '${flow.displayName}' is stopped.`);
    const isKept = !flow.stateless;
    if (this.#host.isActive(runId)) return { kind: 'started', isKept };
    let loaded: LoadedFlow;
    try {
      loaded = this.#host.compile(flow);
    } catch (error) {
      if (!(error instanceof DefinitionError)) throw error;
      return refused('NestedWorkflowNotFound', `The flow '${flow.displayName}' cannot run: ${error.message}.`);
    }
    const trigger = findCalledTrigger(loaded, request.trigger);
    if ('code' in trigger) return trigger;
    const { headers, body } = request;
    const { fired, reason } = await this.#host.fire(
      {
        flow,
        trigger: trigger.name,
        outputs: { headers: showsAuthorization(loaded, trigger) ? headers : withoutAuthorization(headers), body },
        clientTrackingId,
        // A run in memory only is known by its id while it lasts.
        ...(isKept && { uniqueKey: `flow/${runId}` }),
      },
      { runId, parent },
    );
    if (fired || reason?.code === 'Duplicate') return { kind: 'started', isKept };
    return refused(reason?.code ?? 'NoResponse', reason?.message ?? `The flow '${flow.displayName}' did not start.`);
  }
}

/** The Request trigger by which a flow is called, which must be one that answers. */
function findCalledTrigger(
  { flow, plan }: LoadedFlow,
  name: string | undefined,
): TriggerPlan | Extract<ChildStart, { kind: 'refused' }> {
  const callable = plan.triggers.filter(({ type }) => /^(request|manual)$/i.test(type));
  const trigger =
    name === undefined ? callable[0] : callable.find((one) => one.name.toLowerCase() === name.toLowerCase());
  if (trigger === undefined) {
    const which = name === undefined ? 'Request trigger' : `Request trigger '${name}'`;
    return refused('WorkflowTriggerNotFound', `The flow '${flow.displayName}' has no ${which}.`);
  }
  if (trigger.splitOn !== undefined) {
    const message = `The trigger '${trigger.name}' of the flow '${flow.displayName}' splits, so it has no one answer.`;
    return refused('NestedWorkflowContainsSplitOnTrigger', message);
  }
  if (plan.hasResponse) return trigger;
  const message = `The flow '${flow.displayName}' has no Response action, so it never answers who calls it.`;
  return refused('NestedWorkflowDoesNotContainResponseAction', message);
}

/** As of a request that comes in from outside. */
function showsAuthorization({ flow }: LoadedFlow, { name }: TriggerPlan): boolean {
  return hasOperationOption(memberAt(flow.definition, 'triggers', name), 'IncludeAuthorizationHeadersInOutputs');
}

function refused(code: string, message: string): Extract<ChildStart, { kind: 'refused' }> {
  return { kind: 'refused', code, message };
}
