import { Button, Tab, TabList } from '@fluentui/react-components';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { connectorNameOf, listConnections } from '../api/connections.ts';
import { deleteConnector, describeConnector, getConnector } from '../api/connectors.ts';
import { ConfirmButton } from '../shell/confirm-button.tsx';
import { useEnvironment } from '../shell/environment.tsx';
import { PageHead } from '../shell/page-head.tsx';
import { Failed, Loading } from '../shell/states.tsx';
import { OperationList } from './operation-list.tsx';
import { SecurityTab } from './security-tab.tsx';

export function ConnectorPage({ name }: { readonly name: string }) {
  const { name: environment } = useEnvironment();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const [tab, setTab] = useState('actions');
  const connector = useQuery({ queryKey: ['connector', name], queryFn: () => getConnector(environment, name) });
  const described = useQuery({ queryKey: ['operations', name], queryFn: () => describeConnector(name) });
  const connections = useQuery({ queryKey: ['connections', environment], queryFn: () => listConnections(environment) });
  if (connector.isError) return <Failed error={connector.error} onRetry={() => connector.refetch()} />;
  if (connector.isPending) return <Loading rows={8} />;
  const { displayName, description, backendService, primaryRuntimeUrl } = connector.data.properties;
  const actions = described.data?.operations.filter((operation) => operation.kind === 'action') ?? [];
  const triggers = described.data?.operations.filter((operation) => operation.kind === 'trigger') ?? [];
  const own = connections.data?.filter((connection) => connectorNameOf(connection) === name) ?? [];
  const remove = async (): Promise<void> => {
    await deleteConnector(environment, name);
    await queryClient.invalidateQueries();
    await navigate({ to: '/connectors' });
  };
  return (
    <div className="page">
      <PageHead
        title={displayName}
        actions={
          <>
            <Button
              appearance="primary"
              onClick={() => navigate({ to: '/connections/new', search: { connector: name } })}
            >
              Connect
            </Button>
            <ConfirmButton label="Delete" title={`Delete ${displayName}?`} onConfirm={remove}>
              Its connections are deleted with it, and flows that use it will fail. This cannot be undone.
            </ConfirmButton>
          </>
        }
      >
        {description}
      </PageHead>
      <dl className="facts card padded">
        <dt>Address</dt>
        <dd className="mono">{backendService?.serviceUrl}</dd>
        <dt>Runtime</dt>
        <dd className="mono">{primaryRuntimeUrl}</dd>
        <dt>Name</dt>
        <dd className="mono">{name}</dd>
      </dl>
      <TabList selectedValue={tab} onTabSelect={(_, { value }) => setTab(String(value))}>
        <Tab value="actions">{`Actions (${actions.length})`}</Tab>
        <Tab value="triggers">{`Triggers (${triggers.length})`}</Tab>
        <Tab value="security">Security</Tab>
        <Tab value="connections">{`Connections (${own.length})`}</Tab>
      </TabList>
      {described.isPending && <Loading />}
      {described.isError && <Failed error={described.error} onRetry={() => described.refetch()} />}
      {tab === 'actions' && described.isSuccess && (
        <OperationList operations={actions} none="The description has no actions." />
      )}
      {tab === 'triggers' && described.isSuccess && (
        <OperationList operations={triggers} none="The description has no triggers." />
      )}
      {tab === 'security' && <SecurityTab connector={name} />}
      {tab === 'connections' && (
        <ul className="card padded" style={{ listStyle: 'none', margin: 0 }}>
          {own.length === 0 && <li className="muted">Nobody has connected yet.</li>}
          {own.map((connection) => (
            <li key={connection.name}>
              <Link to="/connections/$name" params={{ name: connection.name }}>
                {connection.properties.displayName}
              </Link>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
