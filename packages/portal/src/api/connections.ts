import { environmentQuery } from './environments.ts';
import { type Json, request } from './request.ts';

export type Connection = {
  readonly name: string;
  readonly properties: {
    readonly apiId: string;
    readonly displayName: string;
    readonly statuses: readonly { readonly status: string; readonly error?: { readonly message: string } }[];
    readonly createdTime: string;
    readonly connectionParametersSet?: { readonly name: string };
    /** Whose account at the API it is. */
    readonly accountName?: string;
  };
};

export function connectorNameOf(connection: Connection): string {
  return connection.properties.apiId.split('/').at(-1) ?? '';
}

export async function listConnections(environment: string): Promise<readonly Connection[]> {
  const path = `/providers/Microsoft.PowerApps/connections?${environmentQuery(environment)}`;
  return (await request<{ readonly value: readonly Connection[] }>('GET', path)).value;
}

export type NewConnection = {
  readonly connector: string;
  readonly displayName: string;
  /** Which of several ways to connect. */
  readonly parameterSet?: string;
  readonly parameters: { readonly [name: string]: Json };
};

export function createConnection(
  environment: string,
  { connector, displayName, parameterSet, parameters }: NewConnection,
): Promise<Connection> {
  const name = crypto.randomUUID().replaceAll('-', '');
  return request('PUT', `${connectionPath(connector, name)}?${environmentQuery(environment)}`, {
    properties: {
      environment: { id: `/providers/Microsoft.PowerApps/environments/${environment}`, name: environment },
      displayName,
      ...(parameterSet === undefined
        ? { connectionParameters: parameters }
        : { connectionParametersSet: { name: parameterSet, values: wrapValues(parameters) } }),
    },
  });
}

function wrapValues(parameters: NewConnection['parameters']): { readonly [name: string]: Json } {
  return Object.fromEntries(Object.entries(parameters).map(([name, value]) => [name, { value }]));
}

/** Where to sign in for a connection: a page to go to, or a code to enter at another device. */
export type SignInStart =
  | { readonly kind: 'browser'; readonly url: string }
  | {
      readonly kind: 'device';
      readonly userCode: string;
      readonly url: string;
      readonly ticket: string;
      readonly intervalSeconds: number;
      readonly expiresInSeconds: number;
    };

export function beginSignIn(name: string): Promise<SignInStart> {
  return request('POST', `/api/connections/${encodeURIComponent(name)}/sign-in`, {});
}

/** Asks once whether the code was confirmed. */
export function askSignIn(name: string, ticket: string): Promise<{ readonly isConnected: boolean }> {
  return request('POST', `/api/connections/${encodeURIComponent(name)}/sign-in/device`, { ticket });
}

export function deleteConnection(environment: string, connection: Connection): Promise<unknown> {
  return request(
    'DELETE',
    `${connectionPath(connectorNameOf(connection), connection.name)}?${environmentQuery(environment)}`,
  );
}

function connectionPath(connector: string, name: string): string {
  return `/providers/Microsoft.PowerApps/apis/${encodeURIComponent(connector)}/connections/${encodeURIComponent(name)}`;
}
