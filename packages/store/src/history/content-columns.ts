/** Where big texts stand as what they refer to. */
export const contentColumns = [
  { table: 'action_record', column: 'inputs' },
  { table: 'action_record', column: 'outputs' },
  { table: 'run', column: 'trigger' },
  { table: 'run', column: 'outputs' },
  { table: 'run', column: 'response' },
  { table: 'run_signal', column: 'payload' },
] as const;

/** The condition on a row whose text is stored apart, as the indexes of these columns have it. */
export function refersToContent(column: string): string {
  return `substr(${quoted(column)}, 1, 8) = '#sha256:'`;
}

/** The condition on a row of `blob` that nothing refers to: one look into each of these indexes. */
export const isUnreferenced = contentColumns
  .map(
    ({ table, column }) =>
      `not exists (select 1 from ${table} where ${table}.${quoted(column)} = '#sha256:' || blob.hash and ${refersToContent(`${table}.${column}`)})`,
  )
  .join(' and ');

/** `trigger` is a word of SQL. */
function quoted(column: string): string {
  return column
    .split('.')
    .map((part) => `"${part}"`)
    .join('.');
}
