import type { Json } from '../api/request.ts';

/** A JSON value, readable. */
export function JsonView({ value, label }: { readonly value: Json | undefined; readonly label: string }) {
  if (value === undefined) return <p className="muted">Nothing.</p>;
  return (
    <section aria-label={label}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard (WCAG 2.1.1). */}
      <pre className="json" tabIndex={0}>
        {typeof value === 'string' ? value : JSON.stringify(value, null, 2)}
      </pre>
    </section>
  );
}
