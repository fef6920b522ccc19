import {
  Badge,
  Link,
  Table,
  TableBody,
  TableCell,
  TableHeader,
  TableHeaderCell,
  TableRow,
} from '@fluentui/react-components';
import type { ApiFinding } from '../api/request.ts';

const colours = { error: 'danger', warning: 'warning', info: 'informative' } as const;

/** What there is to say about a document, each with its place; `onOpen` goes there. */
export function FindingList({
  findings,
  onOpen,
}: {
  readonly findings: readonly ApiFinding[];
  readonly onOpen?: (finding: ApiFinding) => void;
}) {
  return (
    <div className="card scroll-x">
      <Table aria-label="Findings" size="small">
        <TableHeader>
          <TableRow>
            <TableHeaderCell style={{ width: 90 }}>Kind</TableHeaderCell>
            <TableHeaderCell style={{ width: 90 }}>Line</TableHeaderCell>
            <TableHeaderCell>Finding</TableHeaderCell>
          </TableRow>
        </TableHeader>
        <TableBody>
          {findings.slice(0, 200).map((finding) => (
            <TableRow key={`${finding.code} ${finding.pointer} ${finding.line} ${finding.column} ${finding.message}`}>
              <TableCell>
                <Badge appearance="tint" color={colours[finding.severity]}>
                  {finding.severity}
                </Badge>
              </TableCell>
              <TableCell className="mono">
                {onOpen === undefined || finding.line === undefined ? (
                  placeOf(finding)
                ) : (
                  <Link onClick={() => onOpen(finding)}>{placeOf(finding)}</Link>
                )}
              </TableCell>
              <TableCell style={{ padding: '6px 8px' }}>{finding.message}</TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </div>
  );
}

function placeOf({ line, column }: ApiFinding): string {
  return line === undefined ? '' : `${line}:${column}`;
}
