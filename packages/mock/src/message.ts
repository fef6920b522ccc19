/** A request as the mock received it. */
export type MockRequest = {
  /** Upper case. */
  readonly method: string;
  /** As the caller encoded it, below the host. */
  readonly path: string;
  /** Without the question mark. */
  readonly query: string;
  /** Lower-case names; several values joined. */
  readonly headers: { readonly [name: string]: string };
  readonly body: Uint8Array;
};

export type MockAnswer = {
  readonly status: number;
  readonly headers: { readonly [name: string]: string };
  readonly body: string | Uint8Array;
};

/** Where answers come from: the definition, a cassette, or the real API. */
export type Answerer = (request: MockRequest) => Promise<MockAnswer>;

/** An answer of the mock's own, that says why there is no other. */
export function refusal(status: number, code: string, message: string, more: object = {}): MockAnswer {
  return {
    status,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ error: { code, message, ...more } }),
  };
}

/** What a content type says it is, without its parameters, lower case. */
export function mediaTypeOf(contentType: string | undefined): string {
  return (contentType ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
}

export function isJsonMediaType(mediaType: string): boolean {
  return mediaType === 'application/json' || mediaType === 'text/json' || mediaType.endsWith('+json');
}
