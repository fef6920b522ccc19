import type { ConfigurationVariable, ValuesOf } from './configuration-variable.ts';
import { count } from './value-schemas.ts';

/** How long runs are kept. */
export const historyVariables = [
  {
    name: 'PATCHBAY_RUN_RETENTION_DAYS',
    takes: 'a number of days',
    example: '28',
    default: '90',
    description:
      'How long runs are kept after their end, in environments that have no setting of their own; 0: without end. See [durability](durability.md#how-long-runs-are-kept).',
    schema: count,
  },
  {
    name: 'PATCHBAY_RUN_RETENTION_COUNT',
    takes: 'a number of runs',
    example: '10000',
    default: '0',
    description:
      'How many of the runs of each flow that have ended are kept, the newest, in environments that have no setting of their own; 0: as many as come.',
    schema: count,
  },
] as const satisfies readonly ConfigurationVariable[];

export type HistorySettings = {
  /** Of runs that have ended, in environments that say nothing; 0: without end, as many as come. */
  readonly runRetention: { readonly days: number; readonly runsPerFlow: number };
};

export function readHistory(values: ValuesOf<typeof historyVariables>): HistorySettings {
  return {
    runRetention: { days: values.PATCHBAY_RUN_RETENTION_DAYS, runsPerFlow: values.PATCHBAY_RUN_RETENTION_COUNT },
  };
}
