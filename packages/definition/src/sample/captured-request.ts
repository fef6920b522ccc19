import type { JsonValue, SchemaModel, SecurityScheme } from '../model.ts';

/**
 * One request as somebody wrote or sent it, with what its source knows of its parts: what every format of samples is read into before
 * operations are made of it. Holds no secrets.
 */
export type CapturedRequest = {
  /** What a person called it; empty when nobody did. */
  readonly name: string;
  readonly description: string;
  readonly tags: readonly string[];
  /** As written, any case. */
  readonly method: string;
  readonly base: CapturedBase;
  /** The path template below the base, `/` first. */
  readonly path: string;
  /** Everything but the body, and the fields of a form. */
  readonly parameters: readonly CapturedParameter[];
  readonly body?: CapturedBody;
  /** Media types that the request asks for. */
  readonly accept: readonly string[];
  readonly responses: readonly CapturedResponse[];
  /** How the request was authenticated, all of it together; empty when it was not. */
  readonly credentials: readonly CapturedCredential[];
  /** Into the source. */
  readonly pointer: string;
};

/** What stands before the path: an address, or one that only a connection can complete. */
export type CapturedBase =
  | { readonly kind: 'address'; readonly scheme: 'http' | 'https'; readonly host: string; readonly basePath: string }
  | {
      readonly kind: 'variable';
      /** As written: `https://{{tenant}}.example.com`. */
      readonly text: string;
      /** The variables in it that have no value, in order. */
      readonly variables: readonly string[];
    }
  | { readonly kind: 'none' };

export type CapturedParameter = {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header' | 'formData';
  readonly description: string;
  /** Only where the source says so; what was sent once need not always be. */
  readonly required: boolean;
  /** The values that were sent, as text; several when the name was repeated. */
  readonly values: readonly string[];
  /** Where the source tells the type, whatever the values. */
  readonly schema?: SchemaModel;
  readonly isFile?: boolean;
  /** What goes out when the caller gives nothing. */
  readonly default?: string;
  /** The media type of a part of a multipart form. */
  readonly partType?: string;
  readonly pointer: string;
};

/** Fields of a form are parameters. */
export type CapturedBody = {
  /** `document`: a value; `text` and `binary`: anything of a media type. */
  readonly kind: 'document' | 'form' | 'text' | 'binary';
  readonly contentType: string;
  /** Of a document; absent when the body was meant to be one and could not be read. */
  readonly value?: JsonValue;
  /** Where the source tells the shape, whatever the value. */
  readonly schema?: SchemaModel;
  /** Only where the source says so, or nothing can be sent without it. */
  readonly isRequired?: boolean;
  /** Bodies of different keys are never the same operation's. */
  readonly key?: string;
  readonly description?: string;
  readonly pointer: string;
};

export type CapturedResponse = {
  /** An HTTP status as text, or `default`. */
  readonly status: string;
  readonly description: string;
  readonly headers: readonly { readonly name: string; readonly value: string; readonly description: string }[];
  readonly contentType: string;
  /** Undefined: no body. */
  readonly body?: { readonly kind: 'document'; readonly value: JsonValue } | { readonly kind: 'text' | 'binary' };
};

export type CapturedCredential = SecurityScheme;
