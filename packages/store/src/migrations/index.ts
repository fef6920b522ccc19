import type { Migration } from 'kysely/migration';
import { createTables } from './0001-create-tables.ts';
import { addEnvironmentLimits } from './0004-add-environment-limits.ts';
import { addSignIn } from './0005-add-sign-in.ts';
import { createWatches } from './0006-watches.ts';
import { addScheduleAnchors } from './0007-schedule-anchors.ts';
import { addSignals } from './0008-signals.ts';
import { indexDueRuns } from './0009-index-due-runs.ts';
import { addCallersElsewhere } from './0010-callers-elsewhere.ts';
import { addArtifacts } from './0011-artifacts.ts';
import { createBatches } from './0012-batches.ts';
import { addRunGates } from './0013-run-gates.ts';
import { indexRunHistory } from './0015-run-history.ts';
import { addRunOrigins } from './0016-run-origins.ts';
import { addRunRetention } from './0017-run-retention.ts';

/** Every migration in order; forward only, never edited once released. */
export const migrations: Readonly<Record<string, Migration>> = {
  '0001-create-tables': createTables,
  '0004-add-environment-limits': addEnvironmentLimits,
  '0005-add-sign-in': addSignIn,
  '0006-watches': createWatches,
  '0007-schedule-anchors': addScheduleAnchors,
  '0008-signals': addSignals,
  '0009-index-due-runs': indexDueRuns,
  '0010-callers-elsewhere': addCallersElsewhere,
  '0011-artifacts': addArtifacts,
  '0012-batches': createBatches,
  '0013-run-gates': addRunGates,
  '0015-run-history': indexRunHistory,
  '0016-run-origins': addRunOrigins,
  '0017-run-retention': addRunRetention,
};
