import type { JsonValue } from '@patchbay/expression';
import type { Dialect } from '../dialect/dialect.ts';
import type { JsonObject } from '../plan/json.ts';

/** A flow as its documents say it, whatever form they have. */
export type FlowDocument = {
  /** What it is called: a display name, the name of a resource, or of a folder. */
  readonly name: string;
  /** The GUID by which a package or a solution knows it. */
  readonly id?: string;
  readonly definition: JsonValue;
  /** What Standard says beside a definition: `Stateful`, `Stateless` or a kind of agent. */
  readonly kind?: string;
  /** Which product it was written for, as its definition or its form tells. */
  readonly dialect?: Dialect;
  /** Values for the definition's parameters, those of environment variables among them, by name. */
  readonly parameters: { readonly [name: string]: JsonValue };
  /** By the name with which actions refer to them. */
  readonly connections: { readonly [reference: string]: FlowConnection };
  /** Of a solution: what it says about the environment variables that the definition names. */
  readonly environmentVariables: readonly EnvironmentVariable[];
  /** What `appsetting()` reads, of a Standard project on this machine. */
  readonly appSettings: { readonly [name: string]: string };
  /** Where its definition stands. */
  readonly place: { readonly file: string; readonly pointer: string };
};

/** What actions of a flow reach an API through. */
export type FlowConnection = {
  readonly kind: ConnectionKind;
  /** What it connects to: an id, or for connectors of Power Automate their name. */
  readonly api: string;
  /** The connection's id or name; empty when none is chosen. */
  readonly connection: string;
  /** Of a solution: the connection reference. */
  readonly logicalName?: string;
  /** Whose connection it is: the flow's own, or its caller's. */
  readonly source: 'embedded' | 'invoker';
  /** What its document says about it besides, as it stands there. */
  readonly further: JsonObject;
};

export const connectionKinds = ['managedApi', 'serviceProvider', 'function', 'apiManagement'] as const;
export type ConnectionKind = (typeof connectionKinds)[number];

/** A variable of an environment that solutions declare; its value is among the flow's parameters. */
export type EnvironmentVariable = {
  readonly schemaName: string;
  readonly displayName: string;
  readonly description?: string;
  readonly type: EnvironmentVariableType;
};

export type EnvironmentVariableType = 'string' | 'number' | 'boolean' | 'json' | 'dataSource' | 'secret';

/** A file of a flow: JSON as its value, anything else as text. Names have `/` between folders. */
export type FlowFile =
  | { readonly kind: 'json'; readonly name: string; readonly root: JsonValue }
  | { readonly kind: 'text'; readonly name: string; readonly text: string };

/** How a flow can be written down. */
export const flowForms = ['definition', 'wrapped', 'resource', 'template', 'standard', 'package', 'solution'] as const;
export type FlowForm = (typeof flowForms)[number];
