import { addressVariables } from './address.ts';
import { callVariables } from './calls.ts';
import type { ConfigurationVariable, ValuesOf } from './configuration-variable.ts';
import { firstStartVariables } from './first-start.ts';
import { historyVariables } from './history.ts';
import { issuerVariables } from './issuer.ts';
import { monitoringVariables } from './monitoring.ts';
import { processVariables } from './processes.ts';
import { storageVariables } from './storage.ts';

/** Every variable that the server reads, in groups, in the order of `docs/configuration.md`. */
export const settingGroups = [
  { title: 'Where it is reached', variables: addressVariables },
  { title: 'Where data and keys are kept', variables: storageVariables },
  { title: 'What this process does', variables: processVariables },
  { title: 'Who signs people in', variables: issuerVariables },
  { title: 'Calls', variables: callVariables },
  { title: 'How long runs are kept', variables: historyVariables },
  { title: 'What it says of itself', variables: monitoringVariables },
  { title: 'The first start', variables: firstStartVariables },
] as const satisfies readonly { readonly title: string; readonly variables: readonly ConfigurationVariable[] }[];

export type SettingValues = ValuesOf<(typeof settingGroups)[number]['variables']>;
