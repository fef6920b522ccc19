import type { Route } from '../http/route.ts';
import { askConnectionSignIn } from './api/ask-connection-sign-in.ts';
import { beginConnectionSignIn } from './api/begin-connection-sign-in.ts';
import { callOperation } from './api/call-operation.ts';
import { checkTrigger } from './api/check-trigger.ts';
import { createAccount } from './api/create-account.ts';
import { createAccountLink } from './api/create-account-link.ts';
import { deleteArtifact } from './api/delete-artifact.ts';
import { deleteVariable } from './api/delete-variable.ts';
import { explainOperation } from './api/explain-operation.ts';
import { exportFlow } from './api/export-flow.ts';
import { getAbout } from './api/get-about.ts';
import { getArtifact } from './api/get-artifact.ts';
import { getConnectorSecurity } from './api/get-connector-security.ts';
import { getDynamicSchema } from './api/get-dynamic-schema.ts';
import { getLimits } from './api/get-limits.ts';
import { getNetworkRules } from './api/get-network-rules.ts';
import { getManagementOpenApi, getOpenApi } from './api/get-openapi.ts';
import { getOperations } from './api/get-operations.ts';
import { getRetention } from './api/get-retention.ts';
import { getRunPage } from './api/get-run-page.ts';
import { getSession } from './api/get-session.ts';
import { getTriggerState } from './api/get-trigger-state.ts';
import { importConnector } from './api/import-connector.ts';
import { listAccounts } from './api/list-accounts.ts';
import { listArtifacts } from './api/list-artifacts.ts';
import { listChoices } from './api/list-choices.ts';
import { listNodes } from './api/list-nodes.ts';
import { listVariables } from './api/list-variables.ts';
import { putArtifact } from './api/put-artifact.ts';
import { putConnectorClient } from './api/put-connector-client.ts';
import { putLimits } from './api/put-limits.ts';
import { putNetworkRules } from './api/put-network-rules.ts';
import { putPassword } from './api/put-password.ts';
import { putRetention } from './api/put-retention.ts';
import { putTriggerState } from './api/put-trigger-state.ts';
import { putVariable } from './api/put-variable.ts';
import { readFlows } from './api/read-flows.ts';
import { runFlow } from './api/run-flow.ts';
import { separateRedirectUrl } from './api/separate-redirect-url.ts';
import { separateRedirectUrls } from './api/separate-redirect-urls.ts';
import { testConnection } from './api/test-connection.ts';
import { validateDefinition } from './api/validate-definition.ts';
import { validateFlow } from './api/validate-flow.ts';
import { cancelRun } from './management/cancel-run.ts';
import { confirmConsentCode } from './management/confirm-consent-code.ts';
import { createConnector } from './management/create-connector.ts';
import { createFlow } from './management/create-flow.ts';
import { deleteConnection } from './management/delete-connection.ts';
import { deleteConnector } from './management/delete-connector.ts';
import { deleteFlow } from './management/delete-flow.ts';
import { getConnection } from './management/get-connection.ts';
import { getConnector } from './management/get-connector.ts';
import { getConsentLink } from './management/get-consent-link.ts';
import { getFlow } from './management/get-flow.ts';
import { getFlowEnvironment } from './management/get-flow-environment.ts';
import { getPowerAppsEnvironment } from './management/get-power-apps-environment.ts';
import { getRun } from './management/get-run.ts';
import { getRunAction } from './management/get-run-action.ts';
import { getTrigger } from './management/get-trigger.ts';
import { getTriggerHistory } from './management/get-trigger-history.ts';
import { listActionRepetitions } from './management/list-action-repetitions.ts';
import { listCallbackUrl } from './management/list-callback-url.ts';
import { listConnections } from './management/list-connections.ts';
import { listConnectorConnections } from './management/list-connector-connections.ts';
import { listConnectors } from './management/list-connectors.ts';
import { listFlowEnvironments } from './management/list-flow-environments.ts';
import { listFlows } from './management/list-flows.ts';
import { listPowerAppsEnvironments } from './management/list-power-apps-environments.ts';
import { listRunActions } from './management/list-run-actions.ts';
import { listRuns } from './management/list-runs.ts';
import { listTriggerHistories } from './management/list-trigger-histories.ts';
import { listTriggers } from './management/list-triggers.ts';
import { putConnection } from './management/put-connection.ts';
import { regenerateAccessKey } from './management/regenerate-access-key.ts';
import { resubmitRun } from './management/resubmit-run.ts';
import { resubmitTrigger } from './management/resubmit-trigger.ts';
import { startFlow } from './management/start-flow.ts';
import { stopFlow } from './management/stop-flow.ts';
import { updateConnector } from './management/update-connector.ts';
import { updateFlow } from './management/update-flow.ts';
import { validateConnector, validateConnectorWithoutAccount } from './management/validate-connector.ts';
import { agreeToLink } from './oauth/agree-to-link.ts';
import { completeLink, completeSharedLink } from './oauth/complete-link.ts';
import { showConsent } from './oauth/show-consent.ts';
import { getHealth } from './operations/get-health.ts';
import { getMetrics } from './operations/get-metrics.ts';
import { getReadiness } from './operations/get-readiness.ts';
import { getPortal } from './portal/get-portal.ts';
import { callConnection } from './runtime/call-connection.ts';
import { getContent } from './runtime/get-content.ts';
import { getDefinition } from './runtime/get-definition.ts';
import { getResponse } from './runtime/get-response.ts';
import { invokeFlow, invokeFlowWithPath } from './runtime/invoke-flow.ts';
import { receiveCallback } from './runtime/receive-callback.ts';
import { receiveNotification } from './runtime/receive-notification.ts';
import { beginSignIn } from './sign-in/begin-sign-in.ts';
import { completeSignIn } from './sign-in/complete-sign-in.ts';
import { identityProvider } from './sign-in/identity-provider.ts';
import { showInteraction } from './sign-in/show-interaction.ts';
import { getSignInStyle } from './sign-in/sign-in-style.ts';
import { signOut } from './sign-in/sign-out.ts';
import { submitInteraction } from './sign-in/submit-interaction.ts';

/** What a process answers that only works: whether it does. */
export const workerRoutes: readonly Route[] = [getHealth, getMetrics, getReadiness];

/** Every endpoint of the server. What is not here does not exist. */
export const routes: readonly Route[] = [
  cancelRun,
  createConnector,
  createFlow,
  deleteConnection,
  deleteConnector,
  deleteFlow,
  getConnection,
  getConnector,
  getFlowEnvironment,
  getFlow,
  getPowerAppsEnvironment,
  getRunAction,
  getRun,
  getTrigger,
  getTriggerHistory,
  listActionRepetitions,
  listCallbackUrl,
  listConnections,
  listConnectorConnections,
  listConnectors,
  listFlowEnvironments,
  listFlows,
  listPowerAppsEnvironments,
  listRunActions,
  listRuns,
  listTriggerHistories,
  listTriggers,
  putConnection,
  regenerateAccessKey,
  resubmitRun,
  resubmitTrigger,
  startFlow,
  stopFlow,
  updateConnector,
  updateFlow,
  validateConnector,
  validateConnectorWithoutAccount,
  callOperation,
  checkTrigger,
  createAccountLink,
  createAccount,
  explainOperation,
  getAbout,
  getDynamicSchema,
  getLimits,
  getNetworkRules,
  getOpenApi,
  getManagementOpenApi,
  getOperations,
  getRetention,
  getRunPage,
  getSession,
  getTriggerState,
  importConnector,
  listAccounts,
  listChoices,
  listNodes,
  putLimits,
  putNetworkRules,
  putPassword,
  putRetention,
  putTriggerState,
  runFlow,
  readFlows,
  exportFlow,
  testConnection,
  validateDefinition,
  validateFlow,
  askConnectionSignIn,
  beginConnectionSignIn,
  deleteArtifact,
  deleteVariable,
  getArtifact,
  listArtifacts,
  getConnectorSecurity,
  listVariables,
  putConnectorClient,
  putArtifact,
  putVariable,
  separateRedirectUrl,
  separateRedirectUrls,
  confirmConsentCode,
  getConsentLink,
  agreeToLink,
  completeLink,
  completeSharedLink,
  showConsent,
  callConnection,
  getContent,
  getDefinition,
  invokeFlow,
  invokeFlowWithPath,
  getResponse,
  receiveCallback,
  receiveNotification,
  beginSignIn,
  completeSignIn,
  identityProvider,
  showInteraction,
  getSignInStyle,
  signOut,
  submitInteraction,
  getHealth,
  getMetrics,
  getReadiness,
  getPortal,
];
