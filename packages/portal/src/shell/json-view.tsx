import type { Json } from '../api/request.ts';
import { Code } from './code.tsx';

/** A JSON value, readable. */
export function JsonView({ value, label }: { readonly value: Json | undefined; readonly label: string }) {
  if (value === undefined) return <p className="muted">Nothing.</p>;
  return <Code label={label}>{typeof value === 'string' ? value : JSON.stringify(value, null, 2)}</Code>;
}
