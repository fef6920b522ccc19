import type { JsonValue } from '../model.ts';
import type { FindValue } from '../sample/variables.ts';

/** A request of a collection of any version, before its variables take their values. */
export type PostmanRequest = {
  readonly name: string;
  readonly description: string;
  /** The folders around it, outermost first. */
  readonly folders: readonly string[];
  readonly method: string;
  readonly url: PostmanUrl;
  readonly headers: readonly PostmanField[];
  readonly body?: PostmanBody;
  /** Its own, or the nearest of those around it; absent: none states any. */
  readonly auth?: PostmanAuth;
  readonly examples: readonly PostmanExample[];
  readonly find: FindValue;
  readonly pointer: string;
};

export type PostmanUrl = {
  /** Without query and fragment where those are listed apart. */
  readonly text: string;
  /** Absent: the query stands in the text. */
  readonly query?: readonly PostmanField[];
  /** What is said of `:name` places in the path. */
  readonly variables: readonly PostmanField[];
  readonly pointer: string;
};

/** A row of a table of names and values. */
export type PostmanField = {
  readonly key: string;
  readonly value: string;
  readonly description: string;
  readonly disabled: boolean;
  readonly isFile: boolean;
  readonly contentType?: string;
  readonly pointer: string;
};

export type PostmanBody = { readonly pointer: string } & (
  | { readonly kind: 'raw'; readonly text: string; readonly language: string }
  | { readonly kind: 'urlencoded' | 'formdata'; readonly fields: readonly PostmanField[] }
  | { readonly kind: 'graphql'; readonly query: string; readonly variables: string }
  | { readonly kind: 'file' }
);

export type PostmanAuth = {
  /** Lower case, e.g. `apikey`, `oauth2`, `noauth`. */
  readonly type: string;
  readonly attributes: ReadonlyMap<string, JsonValue>;
  readonly pointer: string;
};

export type PostmanExample = {
  readonly name: string;
  /** '' when it has none. */
  readonly code: string;
  readonly headers: readonly PostmanField[];
  readonly body?: string;
};

export type PostmanFolder = { readonly name: string; readonly description: string };

export type PostmanCollection = {
  readonly name: string;
  readonly description: string;
  readonly version: string;
  readonly folders: readonly PostmanFolder[];
  readonly requests: readonly PostmanRequest[];
};
