import { ExpressionError, type Scope, type Value, type ValueObject } from '@patchbay/expression';
import type { RunRecord } from '../contract.ts';
import { goesOverItems, type Plan } from '../plan/plan.ts';
import type { Activity, Frame } from './activity.ts';
import { findActivity, mapFound } from './lookup.ts';
import type { Variables } from './variables.ts';

export type RunFacts = {
  readonly plan: Plan;
  readonly run: RunRecord;
  readonly displayName: string;
  readonly environmentId: string;
  readonly parameters: ReadonlyMap<string, Value>;
  readonly variables: Variables;
  readonly appSettings: { readonly [name: string]: string };
  readonly triggerInputs: Value;
  readonly triggerOutputs: Value;
  readonly random: () => number;
  readonly guid: () => string;
  /** The address that an API is to call, where a trigger or an action subscribes. */
  readonly callbackUrl?: (activity: Activity | undefined) => string | undefined;
};

/** What an expression of a run can see. One object per run; where in the run the expression stands is set before each evaluation. */
export class RunScope implements Scope {
  readonly #facts: RunFacts;
  #frame: Frame;
  #activity: Activity | undefined;
  #nowMs = 0;
  #items: Value[] = [];
  #trigger: Value | undefined;
  #workflow: Value | undefined;

  constructor(facts: RunFacts, frame: Frame) {
    this.#facts = facts;
    this.#frame = frame;
  }

  /** Stands at an action, at a time. */
  moveTo(frame: Frame, activity: Activity | undefined, nowMs: number): void {
    this.#frame = frame;
    this.#activity = activity;
    this.#nowMs = nowMs;
    if (this.#items.length > 0) this.#items = [];
  }

  withItem<T>(item: Value, body: () => T): T {
    this.#items.push(item);
    try {
      return body();
    } finally {
      this.#items.pop();
    }
  }

  parameter(name: string): Value {
    const value = this.#facts.parameters.get(name) ?? this.#facts.parameters.get(name.toLowerCase());
    if (value !== undefined) return value;
    throw new ExpressionError(`The workflow parameter '${name}' is not found.`);
  }

  variable(name: string): Value {
    const value = this.#facts.variables.get(name);
    if (value !== undefined) return value;
    throw new ExpressionError(
      `The template language function 'variables' is not able to find the variable '${name}': it must be initialized before it can be used.`,
    );
  }

  trigger(): Value {
    this.#trigger ??= this.#describeTrigger();
    return this.#trigger;
  }

  action(name: string): Value {
    return mapFound(findActivity(this.#facts.plan, this.#frame, name), (activity) => this.#describe(activity));
  }

  actionOutputs(name: string): Value {
    return mapFound(findActivity(this.#facts.plan, this.#frame, name), (activity) => activity.outputs ?? null);
  }

  currentAction(): Value {
    if (this.#activity === undefined)
      throw new ExpressionError("The function 'action' can be used inside an action only.");
    return this.#describe(this.#activity);
  }

  result(scope: string): Value {
    const found = findActivity(this.#facts.plan, this.#frame, scope);
    return mapFound(found, (activity) => this.#results(activity));
  }

  /** Of a scope, a branch and the last round of an Until its actions; of a Foreach each action with its outcome of every item. */
  #results({ action, frames = [], status }: Activity): Value {
    const describe = (child: Activity | undefined): readonly Value[] =>
      child === undefined ? [] : [this.#describe(child)];
    if (goesOverItems(action) && status !== 'Skipped') {
      const members = this.#facts.plan.blocks[action.compiled.blocks[0] ?? -1]?.members ?? [];
      return members.map(({ name, position }) => ({
        name,
        outputs: frames.flatMap(({ activities }) => describe(activities[position])),
      }));
    }
    const counted = action.compiled.role === 'loop' ? frames.slice(-1) : frames;
    return counted.flatMap(({ activities }) => activities.flatMap(describe));
  }

  item(): Value {
    const own = this.#items.at(-1);
    if (own !== undefined) return own;
    for (let frame: Frame | undefined = this.#frame; frame !== undefined; frame = frame.parent) {
      if (frame.owner?.loop?.kind === 'foreach') return frame.item;
    }
    throw new ExpressionError("The function 'item' can be used inside a loop or a repeating action only.");
  }

  items(loop: string): Value {
    return this.#loopFrame('items', loop).item;
  }

  iterationIndex(until: string): Value {
    return this.#loopFrame('iterationIndexes', until).index;
  }

  workflow(): Value {
    this.#workflow ??= this.#describeWorkflow();
    return this.#workflow;
  }

  appSetting(name: string): Value {
    const { appSettings } = this.#facts;
    const value = Object.hasOwn(appSettings, name) ? appSettings[name] : undefined;
    if (value !== undefined) return value;
    throw new ExpressionError(`The application setting '${name}' is not set.`);
  }

  listCallbackUrl(): Value {
    const url = this.#facts.callbackUrl?.(this.#activity);
    if (url !== undefined) return url;
    throw new ExpressionError("The function 'listCallbackUrl' can be used in webhook operations only.");
  }

  now(): number {
    return this.#nowMs;
  }

  random(): number {
    return this.#facts.random();
  }

  guid(): string {
    return this.#facts.guid();
  }

  #loopFrame(what: string, loop: string): Frame {
    const name = loop.toLowerCase();
    for (let frame: Frame | undefined = this.#frame; frame !== undefined; frame = frame.parent) {
      if (frame.owner !== undefined && frame.owner.action.name.toLowerCase() === name) return frame;
    }
    throw new ExpressionError(`The function '${what}' names '${loop}', which is not a loop around the action.`);
  }

  #describe(activity: Activity): ValueObject {
    return {
      name: activity.action.name,
      ...(activity.inputs === undefined ? {} : { inputs: activity.inputs }),
      ...(activity.outputs === undefined ? {} : { outputs: activity.outputs }),
      startTime: activity.startTime,
      endTime: activity.endTime ?? null,
      trackingId: activity.trackingId,
      clientTrackingId: this.#facts.run.clientTrackingId,
      code: activity.code ?? null,
      status: activity.status,
      ...(activity.error === undefined ? {} : { error: { ...activity.error } }),
      // Flows keep values with an action so, as in `actions('Settings')?['trackedProperties']['batch']`.
      ...(activity.trackedProperties === undefined ? {} : { trackedProperties: activity.trackedProperties }),
    };
  }

  #describeTrigger(): Value {
    const { run, triggerInputs, triggerOutputs } = this.#facts;
    const { trigger } = run;
    return {
      name: trigger.name,
      inputs: triggerInputs,
      outputs: triggerOutputs,
      startTime: trigger.startTime,
      endTime: trigger.endTime,
      ...(trigger.scheduledTime === undefined ? {} : { scheduledTime: trigger.scheduledTime }),
      clientTrackingId: run.clientTrackingId,
      code: trigger.code ?? 'OK',
      status: trigger.status,
    };
  }

  #describeWorkflow(): Value {
    const { run, displayName, environmentId } = this.#facts;
    const id = `/workflows/${run.flowId}`;
    return {
      id,
      name: run.flowId,
      type: 'Microsoft.Logic/workflows',
      location: environmentId,
      tags: {
        flowDisplayName: displayName,
        environmentName: environmentId,
        logicAppName: run.flowId,
      },
      run: { id: `${id}/runs/${run.runId}`, name: run.runId, type: 'Microsoft.Logic/workflows/runs' },
    };
  }
}
