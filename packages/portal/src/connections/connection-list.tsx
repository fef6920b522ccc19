import {
  Badge,
  Button,
  Table,
  TableBody,
  TableCell,
  TableHeader,
  TableHeaderCell,
  TableRow,
} from '@fluentui/react-components';
import { AddRegular } from '@fluentui/react-icons';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { connectorNameOf, deleteConnection, listConnections } from '../api/connections.ts';
import { ConfirmButton } from '../shell/confirm-button.tsx';
import { useEnvironment } from '../shell/environment.tsx';
import { formatTime } from '../shell/format.ts';
import { PageHead } from '../shell/page-head.tsx';
import { Empty, Failed, Loading } from '../shell/states.tsx';

export function ConnectionListPage() {
  const { name: environment } = useEnvironment();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const connections = useQuery({ queryKey: ['connections', environment], queryFn: () => listConnections(environment) });
  const add = (
    <Button appearance="primary" icon={<AddRegular />} onClick={() => navigate({ to: '/connections/new', search: {} })}>
      New connection
    </Button>
  );
  return (
    <div className="page">
      <PageHead title="Connections" actions={add}>
        A connector with the values it needs to reach its API. Secrets are sealed and never shown again.
      </PageHead>
      {connections.isPending && <Loading />}
      {connections.isError && <Failed error={connections.error} onRetry={() => connections.refetch()} />}
      {connections.data?.length === 0 && (
        <Empty title="No connections yet" action={add}>
          Choose a connector and give it what its API asks for.
        </Empty>
      )}
      {connections.data !== undefined && connections.data.length > 0 && (
        <div className="card scroll-x">
          <Table aria-label="Connections">
            <TableHeader>
              <TableRow>
                <TableHeaderCell>Name</TableHeaderCell>
                <TableHeaderCell>Connector</TableHeaderCell>
                <TableHeaderCell>Status</TableHeaderCell>
                <TableHeaderCell>Created</TableHeaderCell>
                <TableHeaderCell style={{ width: 120 }} />
              </TableRow>
            </TableHeader>
            <TableBody>
              {connections.data.map((one) => (
                <TableRow key={one.name}>
                  <TableCell>
                    <Link to="/connections/$name" params={{ name: one.name }}>
                      {one.properties.displayName}
                    </Link>
                  </TableCell>
                  <TableCell>
                    <Link to="/connectors/$name" params={{ name: connectorNameOf(one) }}>
                      {connectorNameOf(one)}
                    </Link>
                  </TableCell>
                  <TableCell>
                    <Badge
                      appearance="tint"
                      color={one.properties.statuses[0]?.status === 'Connected' ? 'success' : 'danger'}
                    >
                      {one.properties.statuses[0]?.status ?? 'Unknown'}
                    </Badge>
                  </TableCell>
                  <TableCell>{formatTime(one.properties.createdTime)}</TableCell>
                  <TableCell>
                    <ConfirmButton
                      label="Delete"
                      title={`Delete ${one.properties.displayName}?`}
                      onConfirm={async () => {
                        await deleteConnection(environment, one);
                        await queryClient.invalidateQueries({ queryKey: ['connections'] });
                      }}
                    >
                      Its secrets are destroyed, and flows that use it will fail. This cannot be undone.
                    </ConfirmButton>
                  </TableCell>
                </TableRow>
              ))}
            </TableBody>
          </Table>
        </div>
      )}
    </div>
  );
}
