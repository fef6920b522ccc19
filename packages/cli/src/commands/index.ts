import type { Command } from '../command.ts';
import { connectionCreate } from './connection-create.ts';
import { connectionDelete } from './connection-delete.ts';
import { connectionList } from './connection-list.ts';
import { connectionSignIn } from './connection-sign-in.ts';
import { connectionTest } from './connection-test.ts';
import { connectorCall } from './connector-call.ts';
import { connectorCreate } from './connector-create.ts';
import { connectorDescribe } from './connector-describe.ts';
import { connectorDiff } from './connector-diff.ts';
import { connectorDownload } from './connector-download.ts';
import { connectorImport } from './connector-import.ts';
import { connectorList } from './connector-list.ts';
import { connectorMock } from './connector-mock.ts';
import { connectorRequest } from './connector-request.ts';
import { connectorTypes } from './connector-types.ts';
import { connectorUpdate } from './connector-update.ts';
import { connectorValidate } from './connector-validate.ts';
import { environmentArtifacts } from './environment-artifacts.ts';
import { environmentDeleteArtifact } from './environment-delete-artifact.ts';
import { environmentDeleteVariable } from './environment-delete-variable.ts';
import { environmentList } from './environment-list.ts';
import { environmentSetArtifacts } from './environment-set-artifacts.ts';
import { environmentSetVariable } from './environment-set-variable.ts';
import { environmentShow } from './environment-show.ts';
import { environmentUse } from './environment-use.ts';
import { environmentVariables } from './environment-variables.ts';
import { expressionEvaluate } from './expression-evaluate.ts';
import { flowCancel } from './flow-cancel.ts';
import { flowDelete } from './flow-delete.ts';
import { flowDeploy } from './flow-deploy.ts';
import { flowDownload } from './flow-download.ts';
import { flowList } from './flow-list.ts';
import { flowResubmit } from './flow-resubmit.ts';
import { flowRuns } from './flow-runs.ts';
import { flowShow } from './flow-show.ts';
import { flowShowRun } from './flow-show-run.ts';
import { flowStart } from './flow-start.ts';
import { flowStop } from './flow-stop.ts';
import { login } from './login.ts';
import { logout } from './logout.ts';
import { whoami } from './whoami.ts';
import { workflowConvert } from './workflow-convert.ts';
import { workflowRun } from './workflow-run.ts';
import { workflowValidate } from './workflow-validate.ts';

/** Every command, in the order in which help lists them. */
export const commands: readonly Command[] = [
  connectorValidate,
  connectorDescribe,
  connectorDiff,
  connectorImport,
  connectorTypes,
  connectorRequest,
  connectorCall,
  connectorMock,
  connectorCreate,
  connectorUpdate,
  connectorDownload,
  connectorList,
  connectionCreate,
  connectionList,
  connectionTest,
  connectionSignIn,
  connectionDelete,
  environmentList,
  environmentUse,
  environmentShow,
  environmentVariables,
  environmentSetVariable,
  environmentDeleteVariable,
  environmentArtifacts,
  environmentSetArtifacts,
  environmentDeleteArtifact,
  flowDeploy,
  flowDownload,
  flowList,
  flowShow,
  flowStart,
  flowStop,
  flowDelete,
  flowRuns,
  flowShowRun,
  flowResubmit,
  flowCancel,
  workflowValidate,
  workflowRun,
  workflowConvert,
  expressionEvaluate,
  login,
  logout,
  whoami,
];
