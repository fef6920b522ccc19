import {
  Button,
  MessageBar,
  MessageBarBody,
  MessageBarTitle,
  Skeleton,
  SkeletonItem,
} from '@fluentui/react-components';
import type { ReactNode } from 'react';
import { ApiError } from '../api/request.ts';

/** Rows of grey while a list is on its way. */
export function Loading({ rows = 5 }: { readonly rows?: number }) {
  return (
    <Skeleton aria-label="Loading" className="card padded" style={{ display: 'grid', gap: 14 }}>
      {Array.from({ length: rows }, (_, index) => `row-${index}`).map((key) => (
        <SkeletonItem key={key} size={16} />
      ))}
    </Skeleton>
  );
}

/** Nothing here yet, why that is fine, and what to do. */
export function Empty({
  title,
  children,
  action,
}: {
  readonly title: string;
  readonly children: ReactNode;
  readonly action?: ReactNode;
}) {
  return (
    <div className="card state">
      <h2>{title}</h2>
      <p>{children}</p>
      {action}
    </div>
  );
}

/** What failed, in the server's words, and a way to try again. */
export function Failed({ error, onRetry }: { readonly error: unknown; readonly onRetry?: () => void }) {
  const message = error instanceof Error ? error.message : String(error);
  return (
    <MessageBar intent="error" layout="multiline">
      <MessageBarBody>
        <MessageBarTitle>That did not work</MessageBarTitle>
        {message}
        {error instanceof ApiError && error.findings.length > 0 && (
          <ul>
            {error.findings.slice(0, 10).map((finding) => (
              <li key={`${finding.code} ${finding.pointer} ${finding.message}`}>
                {finding.line !== undefined && <span className="mono">{`${finding.line}:${finding.column} `}</span>}
                {finding.message}
              </li>
            ))}
          </ul>
        )}
      </MessageBarBody>
      {onRetry !== undefined && (
        <div style={{ gridArea: 'actions', padding: 8 }}>
          <Button size="small" onClick={onRetry}>
            Try again
          </Button>
        </div>
      )}
    </MessageBar>
  );
}
