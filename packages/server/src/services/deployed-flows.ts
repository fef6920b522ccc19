import type { FlowRow, Store } from '@patchbay/store';
import type { FlowDefinition, FlowDirectory, FlowSource, FoundFlow } from '@patchbay/workflow';
import { PlatformError } from '../errors/platform-error.ts';
import { BoundedCache } from '../http/bounded-cache.ts';
import { type CallableFlow, toCallableFlow } from './callable-flow.ts';
import type { ConnectorService } from './connector-service.ts';
import { type Flow, toFlowDefinition } from './flow-revision.ts';

/** The flows that there are, for whoever shows, runs or calls them. Revisions never change and are kept at hand. */
export class DeployedFlows implements FlowSource, FlowDirectory {
  readonly #store: Store;
  readonly #connectors: ConnectorService;
  readonly #definitions = new BoundedCache<string, FlowDefinition>(500, 60 * 60 * 1000);
  readonly #callable = new BoundedCache<string, CallableFlow>(500, 5_000);

  constructor(options: { readonly store: Store; readonly connectors: ConnectorService }) {
    this.#store = options.store;
    this.#connectors = options.connectors;
  }

  list(environmentId: string): Promise<readonly FlowRow[]> {
    return this.#store.flows.list(environmentId);
  }

  /** Throws `FlowNotFound`, also when the flow is in another environment than the one named. */
  async get(flowId: string, environmentId?: string): Promise<Flow> {
    const row = await this.find(flowId, environmentId);
    if (row === undefined) throw new PlatformError('FlowNotFound', `There is no flow "${flowId}".`);
    return this.withRevision(row);
  }

  /** The flow, unless it is not there or in another environment than the one named. */
  async find(flowId: string, environmentId?: string): Promise<FlowRow | undefined> {
    const row = await this.#store.flows.find(flowId);
    return environmentId === undefined || row?.environmentId === environmentId ? row : undefined;
  }

  /** A flow of an environment by its id or, where only one has it, its name; also as the end of a path. */
  async findNamed(reference: string, environmentId: string): Promise<FlowRow | undefined> {
    const name = reference.slice(reference.lastIndexOf('/') + 1).trim();
    const byId = await this.find(name, environmentId);
    if (byId !== undefined) return byId;
    const named = (await this.#store.flows.list(environmentId)).filter(
      (row) => row.displayName.toLowerCase() === name.toLowerCase(),
    );
    return named.length === 1 ? named[0] : undefined;
  }

  /** A flow of the caller's environment by its id or, where only one has it, its name. */
  async findCalled(
    reference: string,
    { environmentId }: { readonly environmentId: string },
  ): Promise<FoundFlow | undefined> {
    const row = await this.findNamed(reference, environmentId);
    return row && this.#found(row);
  }

  async findNewest(flowId: string): Promise<FoundFlow | undefined> {
    const row = await this.find(flowId);
    return row && this.#found(row);
  }

  async #found(row: FlowRow): Promise<FoundFlow | undefined> {
    const flow = await this.load(row.id, row.revision);
    return flow && { flow, isStarted: row.state === 'Started' };
  }

  /** The flow as its triggers' callers need it: no reads of the store while it is called often. Throws `FlowNotFound`. */
  async callable(flowId: string): Promise<CallableFlow> {
    const known = this.#callable.get(flowId, Date.now());
    if (known !== undefined) return known;
    const { row, revision } = await this.get(flowId);
    const flow = toFlowDefinition(row, revision);
    await this.#warm(flow);
    const callable = toCallableFlow(row, flow);
    this.#callable.set(flowId, callable, Date.now());
    return callable;
  }

  /** Callers meet the flow as it is from now on. */
  forget(flowId: string): void {
    this.#callable.delete(flowId);
  }

  async load(flowId: string, revision: number): Promise<FlowDefinition | undefined> {
    const key = `${flowId}/${revision}`;
    const known = this.#definitions.get(key, Date.now());
    if (known !== undefined) return known;
    const [row, revisionRow] = await Promise.all([
      this.#store.flows.find(flowId),
      this.#store.flows.findRevision(flowId, revision),
    ]);
    if (row === undefined || revisionRow === undefined) return undefined;
    const definition = toFlowDefinition(row, revisionRow);
    await this.#warm(definition);
    this.#definitions.set(key, definition, Date.now());
    return definition;
  }

  /** Compiles the connectors that a flow uses, so that what its calls do is known before the first one. */
  async #warm(definition: FlowDefinition): Promise<void> {
    const names = new Set(Object.values(definition.connectionReferences).map((reference) => reference.connectorName));
    // A connector that is gone or broken is told of by the action that calls it.
    await Promise.allSettled([...names].map((name) => this.#connectors.compiled(name)));
  }

  /** A flow that has been found, with its newest revision. Throws `FlowNotFound`. */
  async withRevision(row: FlowRow): Promise<Flow> {
    const revision = await this.#store.flows.findRevision(row.id, row.revision);
    if (revision !== undefined) return { row, revision };
    throw new PlatformError('FlowNotFound', `The flow "${row.id}" has no revision ${row.revision}.`);
  }
}
