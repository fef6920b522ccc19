import type { Location } from './source/source-document.ts';

/**
 * Something that did not come across unchanged: `lost` is in the source and not in what was made of it, `inferred` is in what was
 * made of it and not in the source. Data, for a person who imports or exports.
 */
export type Loss = Location & {
  /** A stable identifier from the loss table, e.g. `links-not-carried`. */
  readonly code: string;
  readonly kind: 'lost' | 'inferred';
  /** What was lost or inferred, of which thing, and what it means. */
  readonly message: string;
};
