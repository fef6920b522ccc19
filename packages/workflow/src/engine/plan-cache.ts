import type { Value } from '@patchbay/expression';
import type { FlowDefinition, FlowSource } from '../contract.ts';
import { DefinitionError } from '../failures.ts';
import { compileDefinition } from '../plan/compile-definition.ts';
import type { Plan } from '../plan/plan.ts';
import { readParameters } from '../run/parameters.ts';

export type LoadedFlow = {
  readonly flow: FlowDefinition;
  readonly plan: Plan;
  /** By name and by lower-case name. */
  readonly parameters: ReadonlyMap<string, Value>;
};

const maximumFlows = 500;

/** Compiled flows by revision: a revision is compiled once while it is in use. */
export class PlanCache {
  readonly #flows: FlowSource;
  readonly #loaded = new Map<string, LoadedFlow>();

  constructor(flows: FlowSource) {
    this.#flows = flows;
  }

  /** Throws `DefinitionError` when the definition cannot run. */
  compile(flow: FlowDefinition): LoadedFlow {
    const key = `${flow.flowId}@${flow.revision}`;
    const known = this.#loaded.get(key);
    if (known !== undefined) return known;
    const { definition, parameters: given, dialect } = flow;
    // It was checked when it was saved; rules that came later do not stop it.
    const options = { parameters: given, checks: 'none' as const, ...(dialect !== undefined && { dialect }) };
    const { plan, findings } = compileDefinition(definition, options);
    const errors = findings.filter((finding) => finding.severity === 'error');
    if (plan === undefined) throw new DefinitionError(`flow "${flow.displayName}"`, errors);
    const loaded = { flow, plan, parameters: readParameters(plan, flow) };
    this.#loaded.set(key, loaded);
    const oldest = this.#loaded.size > maximumFlows ? this.#loaded.keys().next().value : undefined;
    if (oldest !== undefined) this.#loaded.delete(oldest);
    return loaded;
  }

  async load(flowId: string, revision: number): Promise<LoadedFlow | undefined> {
    const known = this.#loaded.get(`${flowId}@${revision}`);
    if (known !== undefined) return known;
    const flow = await this.#flows.load(flowId, revision);
    return flow === undefined ? undefined : this.compile(flow);
  }
}
