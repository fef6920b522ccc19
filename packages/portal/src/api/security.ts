import { request } from './request.ts';

/** A connector's client at an identity provider. */
export type OAuthClient = {
  /** Empty outside of parameter sets. */
  readonly parameterSet: string;
  readonly parameter: string;
  readonly title: string;
  readonly clientId: string;
  readonly hasSecret: boolean;
  /** Where the secret is kept, when the definition refers to it. */
  readonly secretReference?: string;
  readonly scopes: readonly string[];
  readonly redirectMode: 'Global' | 'GlobalPerConnector';
  readonly redirectUrl: string;
};

export type Security = {
  readonly schemes: readonly {
    readonly name: string;
    readonly kind: string;
    readonly in?: string;
    readonly key?: string;
    readonly flow?: string;
  }[];
  readonly clients: readonly OAuthClient[];
};

export function getSecurity(connector: string): Promise<Security> {
  return request('GET', `/api/connectors/${encodeURIComponent(connector)}/security`);
}

export type ClientChange = { readonly clientId?: string; readonly clientSecret?: string };

/** What is not given stays. */
export function changeClient(connector: string, client: OAuthClient, change: ClientChange): Promise<unknown> {
  const { parameterSet, parameter } = client;
  return request('PUT', `/api/connectors/${encodeURIComponent(connector)}/client`, {
    parameterSet,
    parameter,
    ...change,
  });
}

export function separateRedirectUrl(connector: string): Promise<unknown> {
  return request('POST', `/api/connectors/${encodeURIComponent(connector)}/separate-redirect-url`);
}
