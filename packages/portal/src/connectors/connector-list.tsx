import {
  Button,
  Input,
  Table,
  TableBody,
  TableCell,
  TableHeader,
  TableHeaderCell,
  TableRow,
} from '@fluentui/react-components';
import { AddRegular, SearchRegular } from '@fluentui/react-icons';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { listConnectors } from '../api/connectors.ts';
import { useEnvironment } from '../shell/environment.tsx';
import { formatTime } from '../shell/format.ts';
import { PageHead } from '../shell/page-head.tsx';
import { Empty, Failed, Loading } from '../shell/states.tsx';

export function ConnectorListPage() {
  const { name: environment } = useEnvironment();
  const navigate = useNavigate();
  const [search, setSearch] = useState('');
  const connectors = useQuery({ queryKey: ['connectors', environment], queryFn: () => listConnectors(environment) });
  const importButton = (
    <Button appearance="primary" icon={<AddRegular />} onClick={() => navigate({ to: '/connectors/import' })}>
      Import a description
    </Button>
  );
  const shown = connectors.data?.filter((one) =>
    one.properties.displayName.toLowerCase().includes(search.toLowerCase()),
  );
  return (
    <div className="page">
      <PageHead title="Connectors" actions={importButton}>
        An API, described once, with actions and triggers that flows can use.
      </PageHead>
      {connectors.isPending && <Loading />}
      {connectors.isError && <Failed error={connectors.error} onRetry={() => connectors.refetch()} />}
      {connectors.data?.length === 0 && (
        <Empty title="No connectors yet" action={importButton}>
          Import the description of an API: a Swagger 2.0 document, or the files of a connector that you have.
        </Empty>
      )}
      {connectors.data !== undefined && connectors.data.length > 0 && (
        <>
          <Input
            aria-label="Search connectors"
            placeholder="Search"
            contentBefore={<SearchRegular />}
            value={search}
            onChange={(_, { value }) => setSearch(value)}
            style={{ maxWidth: 320 }}
          />
          <div className="card scroll-x">
            <Table aria-label="Connectors">
              <TableHeader>
                <TableRow>
                  <TableHeaderCell>Name</TableHeaderCell>
                  <TableHeaderCell>Address</TableHeaderCell>
                  <TableHeaderCell>Changed</TableHeaderCell>
                </TableRow>
              </TableHeader>
              <TableBody>
                {shown?.map((one) => (
                  <TableRow key={one.name}>
                    <TableCell>
                      <Link to="/connectors/$name" params={{ name: one.name }}>
                        {one.properties.displayName}
                      </Link>
                    </TableCell>
                    <TableCell className="mono">{one.properties.backendService?.serviceUrl}</TableCell>
                    <TableCell>{formatTime(one.properties.changedTime)}</TableCell>
                  </TableRow>
                ))}
              </TableBody>
            </Table>
          </div>
          {shown?.length === 0 && <p className="muted">No connector has “{search}” in its name.</p>}
        </>
      )}
    </div>
  );
}
