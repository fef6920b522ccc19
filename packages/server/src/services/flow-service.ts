import { randomUUID } from 'node:crypto';
import type { JsonObject, JsonValue } from '@patchbay/definition';
import type { FlowRevisionRow, FlowRow, Store } from '@patchbay/store';
import {
  type Engine,
  type Finding,
  type FlowDefinition,
  type FlowDirectory,
  type FlowSource,
  type RequestTrigger,
  readRequestTrigger,
} from '@patchbay/workflow';
import { PlatformError } from '../errors/platform-error.ts';
import { BoundedCache } from '../http/bounded-cache.ts';
import { isCallable } from './callback-url.ts';
import { checkDefinition, findingsOf, type Surroundings } from './check-definition.ts';
import { connectionsParameter, normaliseReferences, toEngineReferences } from './connection-references.ts';
import type { ConnectorService } from './connector-service.ts';
import { actionsOf, isObject, memberOf, type TriggerEntry, triggersOf } from './flow-document.ts';
import { withKeptSecrets } from './flow-secrets.ts';

/** A flow with its newest revision. */
export type Flow = { readonly row: FlowRow; readonly revision: FlowRevisionRow };

export type FlowChange = {
  readonly displayName?: string;
  readonly definition?: JsonObject;
  readonly connectionReferences?: JsonValue;
  /** Values for the definition's parameters: `{name: value}` or `{name: {value}}`. */
  readonly parameters?: JsonObject;
  readonly state?: FlowRow['state'];
};

/** A trigger, with what it says of requests where it takes some. */
export type CallableTrigger = TriggerEntry & { readonly request?: RequestTrigger };

/** A flow as callers of its triggers meet it. */
export type CallableFlow = {
  readonly row: FlowRow;
  readonly flow: FlowDefinition;
  readonly triggers: readonly CallableTrigger[];
  readonly hasResponse: boolean;
  /** Every Response is `Asynchronous`, and its runs are kept: callers are answered at once, and look later for what it says. */
  readonly respondsLater: boolean;
};

/** Flows: checked when deployed, kept as immutable revisions, put on and taken off the schedule. */
export class FlowService implements FlowSource, FlowDirectory {
  readonly #store: Store;
  readonly #connectors: ConnectorService;
  readonly #engine: () => Engine;
  readonly #definitions = new BoundedCache<string, FlowDefinition>(500, 60 * 60 * 1000);
  readonly #callable = new BoundedCache<string, CallableFlow>(500, 5_000);

  constructor(options: {
    readonly store: Store;
    readonly connectors: ConnectorService;
    readonly engine: () => Engine;
  }) {
    this.#store = options.store;
    this.#connectors = options.connectors;
    this.#engine = options.engine;
  }

  list(environmentId: string): Promise<readonly FlowRow[]> {
    return this.#store.flows.list(environmentId);
  }

  /** Throws `FlowNotFound`, also when the flow is in another environment than the one named. */
  async get(flowId: string, environmentId?: string): Promise<Flow> {
    const row = await this.find(flowId, environmentId);
    if (row === undefined) throw new PlatformError('FlowNotFound', `There is no flow "${flowId}".`);
    return { row, revision: await this.#revision(flowId, row.revision) };
  }

  /** The flow, unless it is not there or in another environment than the one named. */
  async find(flowId: string, environmentId?: string): Promise<FlowRow | undefined> {
    const row = await this.#store.flows.find(flowId);
    return environmentId === undefined || row?.environmentId === environmentId ? row : undefined;
  }

  /** Throws `InvalidDefinition` with every finding when the definition has errors. */
  async create(
    change: FlowChange & { readonly definition: JsonObject },
    environmentId: string,
    accountId: string,
  ): Promise<Flow> {
    const nowMs = Date.now();
    const row: FlowRow = {
      id: randomUUID(),
      environmentId,
      displayName: change.displayName ?? 'Untitled flow',
      state: change.state ?? 'Started',
      revision: 1,
      createdBy: accountId,
      createdAtMs: nowMs,
      changedAtMs: nowMs,
    };
    const revision = toRevision(
      row,
      change.definition,
      plainParameters(change.parameters ?? {}),
      normaliseReferences(change.connectionReferences),
    );
    await checkDefinition(revision, this.#surroundings(environmentId, row.id));
    await this.#store.flows.insert(row, revision);
    await this.#applySchedule({ row, revision });
    return { row, revision };
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
    if (revised === undefined && next.displayName !== row.displayName)
      await this.#store.flows.rename(row.id, next.displayName, next.changedAtMs);
    if (next.state !== row.state) await this.#store.flows.setState(row.id, next.state, next.changedAtMs);
    this.#callable.delete(row.id);
    await this.#applySchedule(flow);
    return flow;
  }

  async delete(flowId: string): Promise<void> {
    this.#callable.delete(flowId);
    await this.#engine().unscheduleFlow(flowId, { isGone: true });
    await this.#store.flows.delete(flowId);
  }

  /** A flow of the caller's environment by its id or, where only one has it, its name. */
  async findCalled(
    reference: string,
    { environmentId }: { readonly environmentId: string },
  ): Promise<{ readonly flow: FlowDefinition; readonly isStarted: boolean } | undefined> {
    const row = await this.#findNamed(reference, environmentId);
    const flow = row && (await this.load(row.id, row.revision));
    return flow && { flow, isStarted: row.state === 'Started' };
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
        const row = await this.#findNamed(reference, environmentId);
        return row === undefined || row.id === flowId ? undefined : this.load(row.id, row.revision);
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

  async #findNamed(reference: string, environmentId: string): Promise<FlowRow | undefined> {
    const name = reference.slice(reference.lastIndexOf('/') + 1).trim();
    const byId = await this.find(name, environmentId);
    if (byId !== undefined) return byId;
    const named = (await this.#store.flows.list(environmentId)).filter(
      (row) => row.displayName.toLowerCase() === name.toLowerCase(),
    );
    return named.length === 1 ? named[0] : undefined;
  }

  /** The flow as its triggers' callers need it: no reads of the store while it is called often. Throws `FlowNotFound`. */
  async callable(flowId: string): Promise<CallableFlow> {
    const known = this.#callable.get(flowId, Date.now());
    if (known !== undefined) return known;
    const { row, revision } = await this.get(flowId);
    const flow = toFlowDefinition(row, revision);
    await this.#warm(flow);
    const responses = actionsOf(flow.definition).filter((action) => /^response$/i.test(action.type));
    const callable = {
      row,
      flow,
      triggers: triggersOf(flow.definition).map((trigger) => {
        const read = isCallable(trigger) ? readRequestTrigger(trigger.source) : undefined;
        return read?.kind === 'request' ? { ...trigger, request: read.request } : trigger;
      }),
      hasResponse: responses.length > 0,
      respondsLater: !flow.stateless && responses.length > 0 && responses.every(({ source }) => isAsynchronous(source)),
    };
    this.#callable.set(flowId, callable, Date.now());
    return callable;
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

  /** Puts every started flow's triggers to work, and ends what a crash left at work for others; at start-up. */
  async scheduleAll(): Promise<void> {
    const started = await this.#store.flows.listStarted();
    for (const row of started) {
      await this.#applySchedule({ row, revision: await this.#revision(row.id, row.revision) });
    }
    const known = new Set(started.map(({ id }) => id));
    for (const flowId of await this.#store.watches.flowIds()) {
      if (known.has(flowId)) continue;
      const isGone = (await this.#store.flows.find(flowId)) === undefined;
      await this.#engine().unscheduleFlow(flowId, { isGone });
    }
  }

  /** The flow's addresses are good no more: whoever calls them is told the new ones. */
  async renewSubscriptions({ row, revision }: Flow): Promise<void> {
    if (row.state !== 'Started') return;
    await this.#engine().scheduleFlow(toFlowDefinition(row, revision), { renews: true });
  }

  /** Compiles the connectors that a flow uses, so that what its calls do is known before the first one. */
  async #warm(definition: FlowDefinition): Promise<void> {
    const names = new Set(Object.values(definition.connectionReferences).map((reference) => reference.connectorName));
    // A connector that is gone or broken is told of by the action that calls it.
    await Promise.allSettled([...names].map((name) => this.#connectors.compiled(name)));
  }

  /** Nothing when what is given is what runs already, as after a deployment that is repeated. */
  async #revise(row: FlowRow, before: FlowRevisionRow, change: FlowChange): Promise<Flow | undefined> {
    const next = { ...row, revision: row.revision + 1 };
    const references =
      change.connectionReferences === undefined
        ? (JSON.parse(before.connectionReferences) as JsonObject)
        : normaliseReferences(change.connectionReferences);
    const definition = change.definition ?? (JSON.parse(before.definition) as JsonObject);
    const kept = JSON.parse(before.parameters) as JsonObject;
    const parameters =
      change.parameters === undefined ? kept : withKeptSecrets(definition, plainParameters(change.parameters), kept);
    const revision = toRevision(next, definition, parameters, references);
    await checkDefinition(revision, this.#surroundings(row.environmentId, row.id));
    if (isSame(revision, before)) return undefined;
    if (await this.#store.flows.revise(next, revision)) return { row: next, revision };
    throw new PlatformError(
      'Conflict',
      `The flow ${row.id} was changed in the meantime. Read it again and repeat the change.`,
    );
  }

  async #revision(flowId: string, revision: number): Promise<FlowRevisionRow> {
    const row = await this.#store.flows.findRevision(flowId, revision);
    if (row === undefined) throw new PlatformError('FlowNotFound', `The flow "${flowId}" has no revision ${revision}.`);
    return row;
  }

  async #applySchedule({ row, revision }: Flow): Promise<void> {
    if (row.state === 'Started') await this.#engine().scheduleFlow(toFlowDefinition(row, revision));
    else await this.#engine().unscheduleFlow(row.id);
  }
}

function toRevision(
  row: FlowRow,
  definition: JsonObject,
  parameters: JsonObject,
  references: JsonObject,
): FlowRevisionRow {
  return {
    flowId: row.id,
    revision: row.revision,
    definition: JSON.stringify(definition),
    parameters: JSON.stringify(parameters),
    connectionReferences: JSON.stringify(references),
    createdAtMs: row.changedAtMs,
  };
}

function isSame(one: FlowRevisionRow, other: FlowRevisionRow): boolean {
  return (
    one.definition === other.definition &&
    one.parameters === other.parameters &&
    one.connectionReferences === other.connectionReferences
  );
}

function plainParameters(parameters: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(parameters).map(([name, given]) => {
      const value = isObject(given) && Object.hasOwn(given, 'value') ? given['value'] : given;
      return [name, value ?? null];
    }),
  );
}

function toFlowDefinition(row: FlowRow, revision: FlowRevisionRow): FlowDefinition {
  const definition = JSON.parse(revision.definition) as JsonObject;
  const references = JSON.parse(revision.connectionReferences) as JsonObject;
  const usesConnections = memberOf(memberOf(definition, 'parameters'), '$connections') !== undefined;
  return {
    flowId: row.id,
    revision: revision.revision,
    displayName: row.displayName,
    environmentId: row.environmentId,
    stateless: memberOf(definition, 'kind') === 'Stateless',
    definition,
    parameters: {
      ...(usesConnections && { $connections: connectionsParameter(references) }),
      ...(JSON.parse(revision.parameters) as JsonObject),
    },
    connectionReferences: toEngineReferences(references),
  };
}

function isAsynchronous(action: JsonObject): boolean {
  const options = memberOf(action, 'operationOptions');
  return typeof options === 'string' && options.split(',').some((option) => /^asynchronous$/i.test(option.trim()));
}
