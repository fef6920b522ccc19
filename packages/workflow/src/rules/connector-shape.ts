/** What rules need to know of a connector. */
export type ConnectorShape = {
  readonly displayName: string;
  readonly operations: readonly OperationShape[];
};

export type OperationShape = {
  readonly operationId: string;
  readonly kind: 'action' | 'trigger';
  /** In upper case. */
  readonly method: string;
  /** Below the connection, e.g. `/loans/{id}`. */
  readonly path: string;
  readonly parameters: readonly ParameterShape[];
  /** Members that the description does not name may be given: its body, or a part of it, is open. */
  readonly isOpen: boolean;
};

/** A parameter, or a member of the body, by the flat name that definitions give it: `id`, `body/title`. */
export type ParameterShape = { readonly name: string; readonly isRequired: boolean };

/** The connector that a name in the flow's connection references stands for; `undefined` when it is not at hand. */
export type FindConnector = (reference: string) => ConnectorShape | undefined;
