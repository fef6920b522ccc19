import { type JsonObject, portableProperties } from '@patchbay/definition';
import type { AccountRow, ConnectorRow } from '@patchbay/store';
import { changeOAuth, redirectModeOf, redirectUrlFor } from '../services/connector-oauth.ts';
import { memberOf } from '../services/flow-document.ts';
import { powerApps, timeText, userView } from './resource.ts';

export type ConnectorViewOptions = {
  readonly origin: string;
  /** What the connector's properties say, without secrets. */
  readonly properties: JsonObject;
  readonly account: AccountRow | undefined;
  /** Where the definition can be fetched without a token. */
  readonly definitionUrl: string;
  readonly serviceUrl: string;
  /** The definition itself, in detail views. */
  readonly swagger?: JsonObject;
};

/** A connector in the ecosystem's shape. */
export function connectorView(row: ConnectorRow, options: ConnectorViewOptions): object {
  const { origin, account, definitionUrl, serviceUrl, swagger } = options;
  const properties = changeOAuth(options.properties, ({ settings }) => ({
    ...settings,
    redirectUrl: redirectUrlFor(origin, row.name, redirectModeOf(settings)),
  }));
  const runtimeUrl = `${origin}/apim/${row.name.replace(/^shared_/, '')}`;
  const user = userView(account, row.createdBy);
  const shown = Object.fromEntries(
    portableProperties.flatMap((name) => (Object.hasOwn(properties, name) ? [[name, properties[name] ?? null]] : [])),
  );
  return {
    name: row.name,
    id: `${powerApps}/apis/${row.name}`,
    type: 'Microsoft.PowerApps/apis',
    properties: {
      capabilities: [],
      policyTemplateInstances: [],
      connectionParameters: {},
      ...shown,
      displayName: row.displayName,
      description: row.description,
      apiEnvironment: 'Shared',
      isCustomApi: true,
      runtimeUrls: [runtimeUrl],
      primaryRuntimeUrl: runtimeUrl,
      metadata: {
        source: 'powerapps-user-defined',
        brandColor: memberOf(properties, 'iconBrandColor') ?? '#007ee5',
        contact: {},
        license: {},
        environmentName: row.environmentId,
        allowSharing: false,
        almMode: 'Environment',
      },
      apiDefinitions: { originalSwaggerUrl: definitionUrl, modifiedSwaggerUrl: definitionUrl },
      backendService: { serviceUrl },
      ...(swagger !== undefined && { swagger }),
      createdBy: user,
      modifiedBy: user,
      createdTime: timeText(row.createdAtMs),
      changedTime: timeText(row.changedAtMs),
      environment: { id: `${powerApps}/environments/${row.environmentId}`, name: row.environmentId },
      tier: 'Standard',
      almMode: 'Environment',
    },
  };
}
