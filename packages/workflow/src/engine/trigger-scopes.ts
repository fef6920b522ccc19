import type { Value } from '@patchbay/expression';
import type { Clock, RunRecord } from '../contract.ts';
import type { TriggerPlan } from '../plan/plan.ts';
import { openFrame } from '../run/activity.ts';
import { RunScope } from '../run/run-scope.ts';
import { formatTimestamp } from '../run/timestamp.ts';
import { Variables } from '../run/variables.ts';
import type { FireRequest, IdSource } from './engine-contract.ts';
import type { LoadedFlow } from './plan-cache.ts';
import { triggerCode, triggerRecord } from './trigger-record.ts';

/** What the expressions of triggers see: no run exists yet. */
export class TriggerScopes {
  readonly #clock: Clock;
  readonly #ids: IdSource;
  readonly #appSettings: { readonly [name: string]: string };

  constructor(clock: Clock, ids: IdSource, appSettings: { readonly [name: string]: string }) {
    this.#clock = clock;
    this.#ids = ids;
    this.#appSettings = appSettings;
  }

  /** For a trigger that fires. */
  fired(loaded: LoadedFlow, trigger: TriggerPlan, request: FireRequest, outputs: Value): RunScope {
    return this.#scope(loaded, trigger, request, outputs, undefined);
  }

  /** For a trigger that is set up; where it subscribes with the address to call, and with what the API answered. */
  waiting(
    loaded: LoadedFlow,
    trigger: TriggerPlan,
    subscribing?: { readonly callbackUrl: string; readonly outputs?: Value },
  ): RunScope {
    const request = { flow: loaded.flow, trigger: trigger.name, outputs: {} };
    return this.#scope(loaded, trigger, request, subscribing?.outputs ?? {}, subscribing?.callbackUrl);
  }

  #scope(
    { plan, flow, parameters }: LoadedFlow,
    trigger: TriggerPlan,
    request: FireRequest,
    outputs: Value,
    callbackUrl: string | undefined,
  ): RunScope {
    const nowMs = this.#clock.nowMs();
    const now = formatTimestamp(nowMs);
    const block = plan.blocks[0];
    if (block === undefined) throw new TypeError('a plan has at least its own block');
    const frame = openFrame(block, undefined, undefined, { iteration: '', index: 0, item: null });
    const run: RunRecord = {
      runId: '',
      flowId: flow.flowId,
      flowRevision: flow.revision,
      status: 'Running',
      startTime: now,
      trigger: { ...triggerRecord(trigger, request, null, now), code: triggerCode(outputs) },
      clientTrackingId: request.clientTrackingId ?? '',
    };
    const scope = new RunScope(
      {
        plan,
        run,
        displayName: flow.displayName,
        environmentId: flow.environmentId,
        parameters,
        variables: new Variables(),
        appSettings: this.#appSettings,
        triggerInputs: request.inputs ?? null,
        triggerOutputs: outputs,
        random: () => this.#ids.random(),
        guid: () => this.#ids.guid(),
        ...(callbackUrl === undefined ? {} : { callbackUrl: () => callbackUrl }),
      },
      frame,
    );
    scope.moveTo(frame, undefined, nowMs);
    return scope;
  }
}
