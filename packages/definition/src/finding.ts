/** Something to say about a user's document. Data, never thrown. */
export type Finding = {
  /** A stable identifier from the finding table, e.g. `json-trailing-comma`. */
  readonly code: string;
  readonly severity: 'error' | 'warning' | 'info';
  /** What is wrong, with which thing, and what to do. */
  readonly message: string;
  /** The file it is about, as the caller named it. */
  readonly source: string;
  /** JSON pointer into that file (RFC 6901); empty for the whole document. */
  readonly pointer: string;
  /** 1-based, in the author's own text. */
  readonly line: number;
  /** 1-based, in UTF-16 code units. */
  readonly column: number;
  readonly suggestion?: string;
};
