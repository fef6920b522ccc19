import type { JsonObject, JsonValue } from '@patchbay/definition';
import type { FlowRow, Store } from '@patchbay/store';
import type { Engine, Finding } from '@patchbay/workflow';
import { PlatformError } from '../errors/platform-error.ts';
import { checkDefinition, findingsOf, type Surroundings } from './check-definition.ts';
import { normaliseReferences } from './connection-references.ts';
import type { ConnectorService } from './connector-service.ts';
import type { DeployedFlows } from './deployed-flows.ts';
import {
  type Flow,
  type FlowChange,
  firstRevision,
  nextRevision,
  runsTheSame,
  toFlowDefinition,
} from './flow-revision.ts';

/** Brings flows into the world and out of it: checked, kept as immutable revisions, put on and taken off the schedule. */
export class FlowDeployment {
  readonly #store: Store;
  readonly #connectors: ConnectorService;
  readonly #flows: DeployedFlows;
  readonly #engine: Engine;

  constructor(options: {
    readonly store: Store;
    readonly connectors: ConnectorService;
    readonly flows: DeployedFlows;
    readonly engine: Engine;
  }) {
    this.#store = options.store;
    this.#connectors = options.connectors;
    this.#flows = options.flows;
    this.#engine = options.engine;
  }

  /** Throws `InvalidDefinition` with every finding when the definition has errors. */
  async create(
    change: FlowChange & { readonly definition: JsonObject },
    environmentId: string,
    accountId: string,
  ): Promise<Flow> {
    const flow = firstRevision(change, environmentId, accountId);
    await checkDefinition(flow.revision, this.#surroundings(environmentId, flow.row.id));
    await this.#store.flows.insert(flow.row, flow.revision);
    await this.#applySchedule(flow);
    return flow;
  }

  /** A new revision when what runs has changed; renames and state changes make none. */
  async update({ row, revision }: Flow, change: FlowChange): Promise<Flow> {
    const next: FlowRow = {
      ...row,
      displayName: change.displayName ?? row.displayName,
      state: change.state ?? row.state,
      changedAtMs: Date.now(),
    };
    const isGiven =
      change.definition !== undefined || change.connectionReferences !== undefined || change.parameters !== undefined;
    const revised = isGiven ? await this.#revise(next, revision, change) : undefined;
    const flow = revised ?? { row: next, revision };
    if (revised === undefined && next.displayName !== row.displayName) {
      await this.#store.flows.rename(row.id, next.displayName, next.changedAtMs);
    }
    if (next.state !== row.state) await this.#store.flows.setState(row.id, next.state, next.changedAtMs);
    this.#flows.forget(row.id);
    await this.#applySchedule(flow);
    return flow;
  }

  async delete(flowId: string): Promise<void> {
    this.#flows.forget(flowId);
    await this.#engine.unscheduleFlow(flowId, { isGone: true });
    await this.#store.flows.delete(flowId);
  }

  /** Everything there is to say about a definition, as if it were deployed in an environment; nothing is kept. */
  examine(
    definition: JsonValue,
    references: JsonValue | undefined,
    environmentId: string,
  ): Promise<readonly Finding[]> {
    return findingsOf(definition, normaliseReferences(references), this.#surroundings(environmentId));
  }

  /** A flow that calls itself does so in the revision that is being made, which answers if it says so. */
  #surroundings(environmentId: string, flowId?: string): Surroundings {
    return {
      calledFlow: async (reference) => {
        const row = await this.#flows.findNamed(reference, environmentId);
        return row === undefined || row.id === flowId ? undefined : this.#flows.load(row.id, row.revision);
      },
      connector: async (name) => {
        try {
          const { row, model } = await this.#connectors.compiled(name);
          return row.environmentId === environmentId ? model : undefined;
        } catch (error) {
          // One that is gone or broken is told of by the action that calls it.
          if (error instanceof PlatformError) return undefined;
          throw error;
        }
      },
    };
  }

  /** Puts every started flow's triggers to work, and ends what a crash left at work for others; at start-up. */
  async scheduleAll(): Promise<void> {
    const started = await this.#store.flows.listStarted();
    for (const row of started) {
      await this.#applySchedule(await this.#flows.withRevision(row));
    }
    const known = new Set(started.map(({ id }) => id));
    for (const flowId of await this.#store.watches.flowIds()) {
      if (known.has(flowId)) continue;
      const isGone = (await this.#store.flows.find(flowId)) === undefined;
      await this.#engine.unscheduleFlow(flowId, { isGone });
    }
  }

  /** The flow's addresses are good no more: whoever calls them is told the new ones. */
  async renewSubscriptions({ row, revision }: Flow): Promise<void> {
    if (row.state !== 'Started') return;
    await this.#engine.scheduleFlow(toFlowDefinition(row, revision), { renews: true });
  }

  /** Nothing when what is given is what runs already, as after a deployment that is repeated. */
  async #revise(row: FlowRow, before: Flow['revision'], change: FlowChange): Promise<Flow | undefined> {
    const flow = nextRevision(row, before, change);
    await checkDefinition(flow.revision, this.#surroundings(row.environmentId, row.id));
    if (runsTheSame(flow.revision, before)) return undefined;
    if (await this.#store.flows.revise(flow.row, flow.revision)) return flow;
    throw new PlatformError(
      'Conflict',
      `The flow ${row.id} was changed in the meantime. Read it again and repeat the change.`,
    );
  }

  async #applySchedule({ row, revision }: Flow): Promise<void> {
    if (row.state === 'Started') await this.#engine.scheduleFlow(toFlowDefinition(row, revision));
    else await this.#engine.unscheduleFlow(row.id);
  }
}
