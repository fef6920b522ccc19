import type { EnvironmentRow } from '@patchbay/store';
import { timeText } from './resource.ts';

/** An environment in the shape of either namespace. */
export function environmentView(
  row: EnvironmentRow,
  provider: 'Microsoft.PowerApps' | 'Microsoft.ProcessSimple',
  origin: string,
): object {
  return {
    id: `/providers/${provider}/environments/${row.id}`,
    name: row.id,
    location: 'local',
    type: `${provider}/environments`,
    properties: {
      displayName: row.displayName,
      azureRegionHint: 'local',
      createdTime: timeText(row.createdAtMs),
      lastModifiedTime: timeText(row.createdAtMs),
      provisioningState: 'Succeeded',
      creationType: row.isDefault ? 'DefaultTenant' : 'User',
      environmentSku: row.isDefault ? 'Default' : 'Production',
      environmentType: 'Production',
      isDefault: row.isDefault,
      runtimeEndpoints: {
        'microsoft.BusinessAppPlatform': origin,
        'microsoft.CommonDataModel': origin,
        'microsoft.PowerApps': origin,
        'microsoft.Flow': origin,
        'microsoft.ApiManagement': origin,
      },
    },
  };
}
