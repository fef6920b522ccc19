/** A request as somebody sends it, with an answer to it: what the wizard of the ecosystem calls a sample. */
export type RequestSample = {
  /** `GET` when absent. */
  readonly method?: string;
  /** Absolute. `{name}` and `:name` in the path are parameters; nothing else of it is guessed to be one. */
  readonly url: string;
  readonly headers?: { readonly [name: string]: string };
  /** As it is sent. */
  readonly body?: string;
  readonly response?: SampleResponse;
  /** What the operation is called: becomes its summary and identifier. */
  readonly name?: string;
  readonly description?: string;
};

export type SampleResponse = {
  /** The HTTP status; absent: the `default` response. */
  readonly status?: number;
  readonly headers?: { readonly [name: string]: string };
  readonly body?: string;
};
