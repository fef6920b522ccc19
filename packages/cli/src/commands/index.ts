import type { Command } from '../command.ts';
import { connectionCreate } from './connection-create.ts';
import { connectionList } from './connection-list.ts';
import { connectionSignIn } from './connection-sign-in.ts';
import { connectionTest } from './connection-test.ts';
import { connectorCall } from './connector-call.ts';
import { connectorCreate } from './connector-create.ts';
import { connectorDescribe } from './connector-describe.ts';
import { connectorDiff } from './connector-diff.ts';
import { connectorImport } from './connector-import.ts';
import { connectorList } from './connector-list.ts';
import { connectorMock } from './connector-mock.ts';
import { connectorRequest } from './connector-request.ts';
import { connectorTypes } from './connector-types.ts';
import { connectorValidate } from './connector-validate.ts';
import { expressionEvaluate } from './expression-evaluate.ts';
import { login } from './login.ts';
import { logout } from './logout.ts';
import { whoami } from './whoami.ts';
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
  connectorList,
  connectionCreate,
  connectionList,
  connectionTest,
  connectionSignIn,
  workflowValidate,
  workflowRun,
  expressionEvaluate,
  login,
  logout,
  whoami,
];
