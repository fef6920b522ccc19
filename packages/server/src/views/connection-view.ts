import type { JsonObject } from '@patchbay/definition';
import type { AccountRow, ConnectionRow } from '@patchbay/store';
import { powerApps, timeText, userView } from './resource.ts';

/** A connection in the ecosystem's shape: what is secret of it is not there. */
export function connectionView(row: ConnectionRow, account: AccountRow | undefined): object {
  return {
    name: row.name,
    id: `${powerApps}/apis/${row.connectorName}/connections/${row.name}`,
    type: 'Microsoft.PowerApps/apis/connections',
    properties: {
      apiId: `${powerApps}/apis/${row.connectorName}`,
      displayName: row.displayName,
      statuses: [
        row.status === 'Connected'
          ? { status: 'Connected' }
          : {
              status: 'Error',
              target: 'token',
              error: row.statusError ?? { code: 'Unauthenticated', message: 'This connection is not authenticated.' },
            },
      ],
      connectionParameters: JSON.parse(row.parameters) as JsonObject,
      ...(row.parameterSet !== undefined && { connectionParametersSet: { name: row.parameterSet } }),
      ...(row.accountName !== undefined && { accountName: row.accountName }),
      keywordsRemaining: 0,
      createdBy: userView(account, row.createdBy),
      createdTime: timeText(row.createdAtMs),
      lastModifiedTime: timeText(row.changedAtMs),
      environment: { id: `${powerApps}/environments/${row.environmentId}`, name: row.environmentId },
      allowSharing: false,
    },
  };
}
