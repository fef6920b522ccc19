import type { JsonValue } from '../model.ts';
import type { SourceText } from './source-text.ts';

/** Where something stands in its author's own file. */
export type Location = {
  /** The file's name, as the caller gave it. */
  readonly source: string;
  /** JSON pointer into that file (RFC 6901). */
  readonly pointer: string;
  /** 1-based. */
  readonly line: number;
  /** 1-based, in UTF-16 code units. */
  readonly column: number;
};

/** A parsed document that knows where everything stands in its text. */
export type SourceDocument = {
  readonly source: SourceText;
  readonly root: JsonValue;
  /** Where the value stands that a JSON pointer names, or its nearest ancestor that exists. */
  readonly locate: (pointer: string) => Location;
};
