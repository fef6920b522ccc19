import { Badge, Table, TableBody, TableCell, TableHeader, TableHeaderCell, TableRow } from '@fluentui/react-components';
import type { ApiLoss } from '../api/request.ts';

/** What of a description does not come across as it stands, each with its place. */
export function LossList({ losses }: { readonly losses: readonly ApiLoss[] }) {
  return (
    <div className="card scroll-x">
      <Table aria-label="Losses" size="small">
        <TableHeader>
          <TableRow>
            <TableHeaderCell style={{ width: 90 }}>Kind</TableHeaderCell>
            <TableHeaderCell style={{ width: 90 }}>Line</TableHeaderCell>
            <TableHeaderCell>What does not come across as it stands</TableHeaderCell>
          </TableRow>
        </TableHeader>
        <TableBody>
          {losses.slice(0, 200).map((loss) => (
            <TableRow key={`${loss.code} ${loss.pointer} ${loss.message}`}>
              <TableCell>
                <Badge appearance="tint" color={loss.kind === 'lost' ? 'warning' : 'informative'}>
                  {loss.kind}
                </Badge>
              </TableCell>
              <TableCell className="mono">{`${loss.line}:${loss.column}`}</TableCell>
              <TableCell style={{ padding: '6px 8px' }}>{loss.message}</TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </div>
  );
}
