import { request } from './request.ts';

export type Environment = {
  readonly name: string;
  readonly properties: { readonly displayName: string; readonly isDefault?: boolean };
};

export async function listEnvironments(): Promise<readonly Environment[]> {
  return (
    await request<{ readonly value: readonly Environment[] }>(
      'GET',
      '/providers/Microsoft.PowerApps/environments?api-version=2016-11-01',
    )
  ).value;
}

/** The query that every listing takes. */
export function environmentQuery(environment: string, more = ''): string {
  return `api-version=2016-11-01&$filter=${encodeURIComponent(`environment eq '${environment}'${more}`)}`;
}
