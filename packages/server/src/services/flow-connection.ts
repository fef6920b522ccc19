import { InvocationError, type InvokedConnection } from '@patchbay/workflow';
import type { OpenConnection } from './connection-calls.ts';
import type { ConnectionService } from './connection-service.ts';

/** Opens the connection that a flow's step means. Throws `InvocationError` when none was chosen or it is another environment's. */
export async function openFlowConnection(
  connections: ConnectionService,
  { connectorName, connectionName }: InvokedConnection,
  environmentId: string,
): Promise<OpenConnection> {
  if (connectionName === '') {
    throw new InvocationError(
      'ConnectionNotChosen',
      `The flow has no connection for ${connectorName}. Choose one and deploy the flow again.`,
    );
  }
  const open = await connections.open(connectionName);
  // A flow uses the connections of its own environment and no other's.
  if (open.connection.environmentId === environmentId) return open;
  throw new InvocationError('ConnectionNotFound', `There is no connection "${connectionName}" in this environment.`);
}
