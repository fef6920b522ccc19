import { environmentQuery } from './environments.ts';
import { type ApiFinding, type ApiLoss, type Json, request } from './request.ts';

const apis = '/providers/Microsoft.PowerApps/apis';

export type Connector = {
  readonly name: string;
  readonly properties: {
    readonly displayName: string;
    readonly description?: string;
    readonly iconBrandColor?: string;
    readonly changedTime: string;
    readonly backendService?: { readonly serviceUrl: string };
    readonly primaryRuntimeUrl?: string;
  };
};

export type OperationParameter = {
  readonly name: string;
  readonly in: string;
  readonly required: boolean;
  readonly type: string;
  readonly summary: string;
  readonly description: string;
  readonly visibility: string;
  readonly default?: Json;
  readonly enum?: readonly Json[];
  readonly schema?: Json;
};

export type Operation = {
  readonly operationId: string;
  readonly method: string;
  readonly path: string;
  readonly summary: string;
  readonly description: string;
  readonly visibility: string;
  readonly deprecated: boolean;
  readonly kind: 'action' | 'trigger';
  readonly trigger?: { readonly kind: string; readonly batch: boolean };
  readonly parameters: readonly OperationParameter[];
  readonly responses: readonly { readonly status: string; readonly description: string }[];
};

export type ConnectionParameter = {
  readonly name: string;
  readonly type: string;
  readonly displayName: string;
  readonly description: string;
  readonly tooltip: string;
  readonly required: boolean;
  readonly hidden: boolean;
  readonly clearText: boolean;
  readonly default?: Json;
  readonly allowedValues: readonly { readonly text: string; readonly value: Json }[];
};

/** What it takes to connect, besides values: nothing, a person in this browser, or a person at another device. */
export type SignInKind = 'none' | 'browser' | 'device';

/** One way to connect, where a connector has several. */
export type ConnectionParameterSet = {
  readonly name: string;
  readonly displayName: string;
  readonly description: string;
  readonly signIn: SignInKind;
  readonly parameters: readonly ConnectionParameter[];
};

export type Described = {
  readonly operations: readonly Operation[];
  readonly connectionParameters: readonly ConnectionParameter[];
  readonly signIn: SignInKind;
  readonly connectionParameterSets: readonly ConnectionParameterSet[];
};

export async function listConnectors(environment: string): Promise<readonly Connector[]> {
  const query = environmentQuery(environment, " and IsCustomApi eq 'True'");
  return (await request<{ readonly value: readonly Connector[] }>('GET', `${apis}?${query}`)).value;
}

export function getConnector(environment: string, name: string): Promise<Connector> {
  return request('GET', `${apis}/${encodeURIComponent(name)}?${environmentQuery(environment)}`);
}

export function describeConnector(name: string): Promise<Described> {
  return request('GET', `/api/connectors/${encodeURIComponent(name)}/operations`);
}

/** A file as the platform writes one: its bytes in base64. */
export type FileContent = { readonly '$content-type': string; readonly $content: string };

/** A description as text, or an archive that holds one. */
export type Description = string | FileContent;

export type Validation = {
  readonly format?: string;
  readonly errors: number;
  readonly warnings: number;
  readonly findings: readonly ApiFinding[];
  readonly losses: readonly ApiLoss[];
};

export function validateDefinition(definition: Description, properties: Json | undefined): Promise<Validation> {
  return request('POST', '/api/connectors/validate', { definition, ...(properties !== undefined && { properties }) });
}

export type Imported = {
  readonly name: string;
  readonly displayName: string;
  readonly findings: readonly ApiFinding[];
  readonly losses: readonly ApiLoss[];
};

export function importConnector(
  environment: string,
  definition: Description,
  properties: Json | undefined,
): Promise<Imported> {
  return request('POST', '/api/connectors/import', {
    environment,
    definition,
    ...(properties !== undefined && { properties }),
  });
}

export function deleteConnector(environment: string, name: string): Promise<unknown> {
  return request('DELETE', `${apis}/${encodeURIComponent(name)}?${environmentQuery(environment)}`);
}
