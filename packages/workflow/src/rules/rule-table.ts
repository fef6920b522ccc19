import { operationParameterMissing } from './connector-rules/operation-parameter-missing.ts';
import { operationParameterUnknown } from './connector-rules/operation-parameter-unknown.ts';
import { operationUnknown } from './connector-rules/operation-unknown.ts';
import { expressionArgument } from './expression-rules/expression-argument.ts';
import { valueType } from './expression-rules/value-type.ts';
import { actionsMany } from './limit-rules/actions-many.ts';
import { casesMany } from './limit-rules/cases-many.ts';
import { descriptionLong } from './limit-rules/description-long.ts';
import { nestingDeep } from './limit-rules/nesting-deep.ts';
import { outputsMany } from './limit-rules/outputs-many.ts';
import { parametersMany } from './limit-rules/parameters-many.ts';
import { trackedPropertiesLong } from './limit-rules/tracked-properties-long.ts';
import { triggersMany } from './limit-rules/triggers-many.ts';
import { variablesMany } from './limit-rules/variables-many.ts';
import { connectionReferenceUnknown } from './reference-rules/connection-reference-unknown.ts';
import { functionOutOfPlace } from './reference-rules/function-out-of-place.ts';
import { itemWithoutArray } from './reference-rules/item-without-array.ts';
import { loopNotAround } from './reference-rules/loop-not-around.ts';
import { parameterUnknown } from './reference-rules/parameter-unknown.ts';
import { referenceNotBefore } from './reference-rules/reference-not-before.ts';
import { referenceUnknown } from './reference-rules/reference-unknown.ts';
import { resultOfNoContainer } from './reference-rules/result-of-no-container.ts';
import { responseInLoop } from './response-rules/response-in-loop.ts';
import { responseInParallel } from './response-rules/response-in-parallel.ts';
import { responseWithoutCaller } from './response-rules/response-without-caller.ts';
import { splitWithResponse } from './response-rules/split-with-response.ts';
import type { FlowRule } from './rule.ts';
import { actionUnreachable } from './structure-rules/action-unreachable.ts';
import { nameNotValid } from './structure-rules/name-not-valid.ts';
import { terminateInLoop } from './structure-rules/terminate-in-loop.ts';
import { variableDuplicate } from './variable-rules/variable-duplicate.ts';
import { variableNested } from './variable-rules/variable-nested.ts';
import { variableNotBefore } from './variable-rules/variable-not-before.ts';
import { variableOperation } from './variable-rules/variable-operation.ts';
import { variableSelfReference } from './variable-rules/variable-self-reference.ts';
import { variableType } from './variable-rules/variable-type.ts';
import { variableUnknown } from './variable-rules/variable-unknown.ts';

/** Every rule that a definition is checked for once it is compiled. */
export const flowRules: readonly FlowRule[] = [
  operationParameterMissing,
  operationParameterUnknown,
  operationUnknown,
  expressionArgument,
  valueType,
  actionsMany,
  casesMany,
  descriptionLong,
  nestingDeep,
  outputsMany,
  parametersMany,
  trackedPropertiesLong,
  triggersMany,
  variablesMany,
  connectionReferenceUnknown,
  functionOutOfPlace,
  itemWithoutArray,
  loopNotAround,
  parameterUnknown,
  referenceNotBefore,
  referenceUnknown,
  resultOfNoContainer,
  responseInLoop,
  responseInParallel,
  responseWithoutCaller,
  splitWithResponse,
  actionUnreachable,
  nameNotValid,
  terminateInLoop,
  variableDuplicate,
  variableNested,
  variableNotBefore,
  variableOperation,
  variableSelfReference,
  variableType,
  variableUnknown,
];
