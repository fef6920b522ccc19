import type { Loss } from './loss.ts';

/** Every loss that reading or writing can report. `{…}` is filled in. */
export const lossTable = {
  'connection-parameters-inferred': [
    'inferred',
    'How to connect was taken from the security scheme {name}: the description does not say what a person enters.',
  ],
} as const satisfies Readonly<Record<string, readonly [Loss['kind'], string]>>;

export type LossCode = keyof typeof lossTable;
