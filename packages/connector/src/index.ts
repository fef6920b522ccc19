export { closestNames } from './closest-names.ts';
export { compile } from './compile.ts';
export { pollConnectionAction, sendConnectionAction } from './connection-action.ts';
export type { ConnectionRequest } from './connection-request.ts';
export { type ConnectorShape, type OperationShape, shapeOf } from './connector-shape.ts';
export type {
  BoundRequest,
  CallOptions,
  Connector,
  Diagnosis,
  Explanation,
  Operation,
  OperationResult,
  ParameterValues,
  Replay,
  TraceStep,
} from './contract.ts';
export { decodeBody } from './decode-result.ts';
export {
  type Dynamic,
  type DynamicChoice,
  type DynamicNode,
  dynamicSchema,
  dynamicTree,
  dynamicValues,
  type SchemaPlace,
} from './dynamic/dynamic-values.ts';
export { ConnectorError, type ConnectorErrorCode } from './errors.ts';
export type { ForwardedRequest } from './forward-request.ts';
export { type HttpAction, type HttpActionOptions, type HttpActionResult, sendHttpAction } from './http-action.ts';
export { readParameterValues } from './parameter-values.ts';
export { clientSecretMembers, memberOf } from './sign-in/oauth-description.ts';
export { secretParameterNames } from './sign-in/parameter-names.ts';
export {
  type ConnectionValues,
  completeCredential,
  credentialFor,
  type SignIn,
  type SignInOptions,
  signInFor,
} from './sign-in/sign-in-for.ts';
export { type SignInKind, signInKindOf } from './sign-in/sign-in-kind.ts';
export type { ContentTransfer } from './transfer/content-transfer.ts';
export { eventIdOf } from './triggers/event-id.ts';
export { answerHandshake, type HandshakeAnswer } from './triggers/handshake.ts';
export { type Polled, type PollState, pollTrigger } from './triggers/poll.ts';
export { answerSecretChallenge, readSecretChallenge, type SecretChallenge } from './triggers/secret-challenge.ts';
export {
  linkedOperationId,
  type Subscribed,
  type SubscriptionState,
  subscribeTrigger,
  unsubscribeTrigger,
} from './triggers/subscribe.ts';
export { sendTriggerRequest, type TriggerAnswer, type TriggerRequest } from './triggers/trigger-request.ts';
export { isSignedNotification, type RawNotification } from './triggers/verify-notification.ts';
