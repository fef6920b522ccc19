import { createRootRoute, createRoute, createRouter, redirect } from '@tanstack/react-router';
import { ConnectionListPage } from './connections/connection-list.tsx';
import { ConnectionTestPage } from './connections/connection-test.tsx';
import { NewConnectionPage } from './connections/new-connection.tsx';
import { ConnectorListPage } from './connectors/connector-list.tsx';
import { ConnectorPage } from './connectors/connector-page.tsx';
import { ImportConnectorPage } from './connectors/import-connector.tsx';
import { EnvironmentPage } from './environment/environment-page.tsx';
import { EditFlowPage } from './flows/edit-flow.tsx';
import { FlowListPage } from './flows/flow-list.tsx';
import { FlowPage } from './flows/flow-page.tsx';
import { NewFlowPage } from './flows/new-flow.tsx';
import { RunPageView } from './runs/run-page.tsx';
import { Shell } from './shell/shell.tsx';
import { Empty } from './shell/states.tsx';

const root = createRootRoute({
  component: Shell,
  notFoundComponent: () => (
    <Empty title="There is no such page">The address may be mistyped, or what it showed was deleted.</Empty>
  ),
});

const home = createRoute({
  getParentRoute: () => root,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/flows' });
  },
});

const connectors = createRoute({ getParentRoute: () => root, path: '/connectors', component: ConnectorListPage });
const importConnector = createRoute({
  getParentRoute: () => root,
  path: '/connectors/import',
  component: ImportConnectorPage,
});
const connector = createRoute({
  getParentRoute: () => root,
  path: '/connectors/$name',
  component: () => <ConnectorPage name={connector.useParams().name} />,
});
const connections = createRoute({ getParentRoute: () => root, path: '/connections', component: ConnectionListPage });
const newConnection = createRoute({
  getParentRoute: () => root,
  path: '/connections/new',
  validateSearch: (search: Record<string, unknown>): { connector?: string } =>
    typeof search['connector'] === 'string' ? { connector: search['connector'] } : {},
  component: () => <NewConnectionPage connector={newConnection.useSearch().connector} />,
});
const connection = createRoute({
  getParentRoute: () => root,
  path: '/connections/$name',
  component: () => <ConnectionTestPage name={connection.useParams().name} />,
});
const flows = createRoute({ getParentRoute: () => root, path: '/flows', component: FlowListPage });
const newFlow = createRoute({ getParentRoute: () => root, path: '/flows/new', component: NewFlowPage });
const flow = createRoute({
  getParentRoute: () => root,
  path: '/flows/$id',
  component: () => <FlowPage id={flow.useParams().id} />,
});
const editFlow = createRoute({
  getParentRoute: () => root,
  path: '/flows/$id/edit',
  component: () => <EditFlowPage id={editFlow.useParams().id} />,
});
const run = createRoute({
  getParentRoute: () => root,
  path: '/flows/$id/runs/$run',
  component: () => {
    const { id, run: runId } = run.useParams();
    return <RunPageView flowId={id} runId={runId} />;
  },
});

const environment = createRoute({ getParentRoute: () => root, path: '/environment', component: EnvironmentPage });

/** Every page by its address. */
export function createPortalRouter() {
  const routeTree = root.addChildren([
    home,
    connectors,
    importConnector,
    connector,
    connections,
    newConnection,
    connection,
    flows,
    newFlow,
    flow,
    editFlow,
    run,
    environment,
  ]);
  return createRouter({ routeTree, defaultPreload: 'intent' });
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createPortalRouter>;
  }
}
