import type { AddressSettings } from './address.ts';
import type { CallSettings } from './calls.ts';
import type { FirstStartSettings } from './first-start.ts';
import type { HistorySettings } from './history.ts';
import type { ExternalIssuer } from './issuer.ts';
import type { MonitoringSettings } from './monitoring.ts';
import type { ProcessSettings } from './processes.ts';
import type { StorageSettings } from './storage.ts';

/** How the server is set up: read once from the environment, validated, handed down as a value. */
export type Configuration = AddressSettings &
  StorageSettings &
  ProcessSettings &
  CallSettings &
  HistorySettings &
  MonitoringSettings &
  FirstStartSettings & { readonly oidc?: ExternalIssuer };
