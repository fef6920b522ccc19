import type { ReactNode } from 'react';

/** Text as a machine reads it, which scrolls. */
export function Code({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <section aria-label={label}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard (WCAG 2.1.1). */}
      <pre className="json" tabIndex={0}>
        {children}
      </pre>
    </section>
  );
}
