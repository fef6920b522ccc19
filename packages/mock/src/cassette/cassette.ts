/** What a real API was asked and what it answered, in order, without secrets: the content of a cassette file, as JSON. */
export type Cassette = {
  readonly version: 1;
  /** Of the connector, for people. */
  readonly title: string;
  readonly interactions: readonly Interaction[];
};

export type Interaction = { readonly request: RecordedRequest; readonly response: RecordedResponse };

export type RecordedRequest = {
  readonly method: string;
  readonly path: string;
  /** Sorted pairs, without the question mark. */
  readonly query: string;
} & RecordedBody;

export type RecordedResponse = {
  readonly status: number;
  /** Lower-case names. */
  readonly headers: { readonly [name: string]: string };
} & RecordedBody;

export type RecordedBody = { readonly body: string; readonly bodyEncoding: 'utf8' | 'base64' };

export const emptyCassette = (title: string): Cassette => ({ version: 1, title, interactions: [] });
