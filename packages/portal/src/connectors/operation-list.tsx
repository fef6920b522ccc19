import {
  Accordion,
  AccordionHeader,
  AccordionItem,
  AccordionPanel,
  Badge,
  Table,
  TableBody,
  TableCell,
  TableHeader,
  TableHeaderCell,
  TableRow,
} from '@fluentui/react-components';
import type { Operation } from '../api/connectors.ts';

/** Operations that open to their parameters and answers. */
export function OperationList({
  operations,
  none,
}: {
  readonly operations: readonly Operation[];
  readonly none: string;
}) {
  if (operations.length === 0) return <p className="muted">{none}</p>;
  return (
    <Accordion collapsible multiple className="card">
      {operations.map((operation) => (
        <AccordionItem key={operation.operationId} value={operation.operationId}>
          <AccordionHeader>
            <span style={{ display: 'flex', gap: 12, alignItems: 'baseline', flexWrap: 'wrap' }}>
              <strong>{operation.summary === '' ? operation.operationId : operation.summary}</strong>
              <span className="mono muted">{`${operation.method} ${operation.path}`}</span>
              {operation.deprecated && (
                <Badge color="warning" appearance="tint">
                  deprecated
                </Badge>
              )}
              {operation.visibility === 'internal' && <Badge appearance="tint">internal</Badge>}
            </span>
          </AccordionHeader>
          <AccordionPanel style={{ paddingBottom: 16 }}>
            {operation.description !== '' && <p>{operation.description}</p>}
            <Parameters operation={operation} />
            <p className="muted">
              {`Answers: ${operation.responses.map((response) => `${response.status} ${response.description}`).join(' · ')}`}
            </p>
          </AccordionPanel>
        </AccordionItem>
      ))}
    </Accordion>
  );
}

function Parameters({ operation }: { readonly operation: Operation }) {
  if (operation.parameters.length === 0) return <p className="muted">Takes no parameters.</p>;
  return (
    <Table size="small" aria-label={`Parameters of ${operation.operationId}`}>
      <TableHeader>
        <TableRow>
          <TableHeaderCell>Parameter</TableHeaderCell>
          <TableHeaderCell>In</TableHeaderCell>
          <TableHeaderCell>Type</TableHeaderCell>
          <TableHeaderCell>Description</TableHeaderCell>
        </TableRow>
      </TableHeader>
      <TableBody>
        {operation.parameters.map((parameter) => (
          <TableRow key={`${parameter.in} ${parameter.name}`}>
            <TableCell className="mono">
              {parameter.name}
              {parameter.required && ' *'}
            </TableCell>
            <TableCell>{parameter.in}</TableCell>
            <TableCell>{parameter.type}</TableCell>
            <TableCell>{parameter.description}</TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
