/** The query that every listing of the management surface takes: the environment, and further clauses. */
export function environmentFilter(environment: string | undefined, ...clauses: readonly string[]): string {
  const name = (environment ?? '~default').replaceAll("'", "''");
  const filter = [`environment eq '${name}'`, ...clauses].join(' and ');
  return `api-version=2016-11-01&$filter=${encodeURIComponent(filter)}`;
}
