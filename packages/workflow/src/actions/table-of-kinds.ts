import type { ActionKind } from './action-kind.ts';
import { apiConnection } from './api-connection.ts';
import { apiConnectionWebhook } from './api-connection-webhook.ts';
import { apiManagement } from './api-management.ts';
import { appendToArrayVariable } from './append-to-array-variable.ts';
import { appendToStringVariable } from './append-to-string-variable.ts';
import { csharpScriptCode, javaScriptCode, powerShellCode } from './code.ts';
import { compose } from './compose.ts';
import { expression } from './expression.ts';
import { flatFileDecoding } from './flat-file-decoding.ts';
import { flatFileEncoding } from './flat-file-encoding.ts';
import { foreach } from './foreach.ts';
import { functionAction, invokeFunction } from './function.ts';
import { http } from './http.ts';
import { httpWebhook } from './http-webhook.ts';
import { ifAction } from './if.ts';
import { initializeVariable } from './initialize-variable.ts';
import { integrationAccountArtifactLookup } from './integration-account-artifact-lookup.ts';
import { join } from './join.ts';
import { liquid } from './liquid.ts';
import { openApiConnection } from './open-api-connection.ts';
import { openApiConnectionWebhook } from './open-api-connection-webhook.ts';
import { parseJsonAction } from './parse-json.ts';
import { query } from './query.ts';
import { response } from './response.ts';
import { scope } from './scope.ts';
import { select } from './select.ts';
import { sendToBatch } from './send-to-batch.ts';
import { serviceProvider } from './service-provider.ts';
import { setVariable } from './set-variable.ts';
import { decrementVariable, incrementVariable } from './step-variable.ts';
import { switchAction } from './switch.ts';
import { table } from './table.ts';
import { terminate } from './terminate.ts';
import { until } from './until.ts';
import { wait } from './wait.ts';
import { workflow } from './workflow.ts';
import { xmlCompose } from './xml-compose.ts';
import { xmlParse } from './xml-parse.ts';
import { xmlValidation } from './xml-validation.ts';
import { xslt } from './xslt.ts';

/** Every kind of action there is. */
export const actionKinds: readonly ActionKind[] = [
  apiConnection,
  apiConnectionWebhook,
  apiManagement,
  appendToArrayVariable,
  appendToStringVariable,
  compose,
  csharpScriptCode,
  decrementVariable,
  expression,
  flatFileDecoding,
  flatFileEncoding,
  foreach,
  functionAction,
  http,
  httpWebhook,
  ifAction,
  incrementVariable,
  initializeVariable,
  integrationAccountArtifactLookup,
  invokeFunction,
  javaScriptCode,
  join,
  liquid,
  openApiConnection,
  openApiConnectionWebhook,
  parseJsonAction,
  powerShellCode,
  query,
  response,
  scope,
  select,
  serviceProvider,
  sendToBatch,
  setVariable,
  switchAction,
  table,
  terminate,
  until,
  wait,
  workflow,
  xmlCompose,
  xmlParse,
  xmlValidation,
  xslt,
];

/** The kind of a type name in any case. */
export function findActionKind(type: string): ActionKind | undefined {
  const lowerType = type.toLowerCase();
  return actionKinds.find((kind) => kind.type.toLowerCase() === lowerType);
}
