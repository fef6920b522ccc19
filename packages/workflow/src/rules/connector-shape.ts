/** What rules need to know of a connector. */
export type ConnectorShape = {
  readonly displayName: string;
  readonly operations: ReadonlyMap<string, OperationShape>;
  /** The operation that a request below the connection belongs to. */
  readonly match: (method: string, path: string) => OperationShape | undefined;
};

export type OperationShape = {
  readonly operationId: string;
  /** Parameters, and members that the body needs, without which a call fails; by their flat names: `id`, `body/title`. */
  readonly required: readonly string[];
  /** The names that the description gives, flat, as far as a person would choose among them. */
  readonly known: readonly string[];
  /** Whether a flat name is one that it takes; what an open body may hold is. */
  readonly takes: (name: string) => boolean;
};

/** The connector of a connection reference of the flow, or, where that says none, by its own name; `undefined` when it is not at hand. */
export type FindConnector = (reference: string, connectorName: string) => ConnectorShape | undefined;
