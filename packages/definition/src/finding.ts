import type { Location } from './source/source-document.ts';

/** Something to say about a user's document, and where. Data, never thrown. */
export type Finding = Location & {
  /** A stable identifier from the finding table, e.g. `json-trailing-comma`. */
  readonly code: string;
  readonly severity: 'error' | 'warning' | 'info';
  /** What is wrong, with which thing, and what to do. */
  readonly message: string;
  /** What to write instead, where that is safe to say. */
  readonly suggestion?: string;
};
