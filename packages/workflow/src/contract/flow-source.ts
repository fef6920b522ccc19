import type { JsonValue } from '@patchbay/expression';
import type { Dialect } from '../dialect/dialect.ts';

/** A flow as deployed: what a revision says, with the values that its environment supplies. */
export type FlowDefinition = {
  readonly flowId: string;
  readonly revision: number;
  readonly displayName: string;
  readonly environmentId: string;
  readonly stateless: boolean;
  /** Which product it was written for, where more is known than its definition tells. */
  readonly dialect?: Dialect;
  /** The workflow definition language document. */
  readonly definition: JsonValue;
  /** Values for the definition's parameters, by name. */
  readonly parameters: { readonly [name: string]: JsonValue };
  /** Reference name → connection, as the definition's actions name it. */
  readonly connectionReferences: { readonly [name: string]: ConnectionReference };
};

export type ConnectionReference = {
  /** The connector's name, e.g. `shared_library-5f1a2b`. */
  readonly connectorName: string;
  /** The connection's name; empty when not chosen yet. */
  readonly connectionName: string;
};

/** The connection of a call, and the name by which the definition means it; empty where the host names none. */
export type InvokedConnection = ConnectionReference & { readonly referenceName: string };

export interface FlowSource {
  /** Revisions are immutable, so an answer may be kept. */
  load(flowId: string, revision: number): Promise<FlowDefinition | undefined>;
}

/** Flows that flows call. */
export interface FlowDirectory {
  /**
   * The newest revision of the flow that another one means by a name or an id (of which a path's last segment counts). `undefined`: there is
   * none that this flow may call.
   */
  findCalled(
    reference: string,
    caller: { readonly environmentId: string; readonly flowId: string },
  ): Promise<FoundFlow | undefined>;
  /** The newest revision of a flow. */
  findNewest(flowId: string): Promise<FoundFlow | undefined>;
}

export type FoundFlow = { readonly flow: FlowDefinition; readonly isStarted: boolean };
