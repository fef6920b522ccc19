/**
 * Every code that the engine itself writes into the history of a run, and what it means. Actions that call something carry besides
 * these the reason of the answer's status (`NotFound`) or the code of a failed call; a Terminate action, what its author wrote.
 */
export const runCodes = {
  ActionFailed: 'An action failed, and nothing after it handled the failure.',
  InvalidTemplate:
    'An expression could not be evaluated: the message names function, parameter and the type that was found. Also an input that has to be there and is empty.',
  BadRequest: 'An input of the action has a value that it does not take; the message names it.',
  ValidationFailed: 'The content does not fit the schema of the action; the outputs list how.',
  ExpressionEvaluationFailed: 'What a loop should go over is not an array.',
  ForeachTooManyItems: 'A loop was given more items than it takes.',
  ActionUntilConditionFailed: 'An Until loop reached its limit before its condition was met.',
  TrackedPropertiesEvaluationFailed: 'A tracked property could not be evaluated.',
  ActionTypeNotSupported: 'The action is of a type that this version does not run.',
  ActionTimedOut: 'The action did not end within its limit.',
  ActionOutcomeUnknown:
    'The server ended between sending a call that must not be repeated and recording its answer: it may or may not have happened.',
  ActionResponseSkipped: 'Nobody waited for the response any more, or ever did.',
  ActionResponseAlreadyDefined: 'A response was given before.',
  ActionCancelled: 'The run was cancelled, or ended, while the action was running.',
  ActionSkipped: 'The action did not run; its error says why, as one of the three below.',
  ActionConditionFailed: 'Not run: an action that it runs after has another status than is asked for.',
  ActionBranchingConditionNotSatisfied: 'Not run: it is in a branch that was not taken.',
  ActionDependencyFailed: 'Not run: the action that holds it did not run.',
  Terminated: 'A Terminate action, or the end of the run, ended it.',
  WorkflowRunCancelled: 'Somebody cancelled the run.',
  WorkflowVersionNotFound: 'The revision that the run executes is gone, so the run cannot go on.',
  MapNotFound: 'There is no map of that name among the artifacts of the environment.',
  SchemaNotFound: 'There is no schema of that name among the artifacts of the environment.',
  ArtifactNotFound: 'There is no artifact of that kind and name in the environment.',
  InvalidArtifactType: 'An artifact lookup asks for a kind that there is not.',
  InvalidMap: 'A map or template cannot be used; the message says what is wrong in it.',
  InvalidSchema: 'A schema cannot be used; the message says what is wrong in it.',
  InvalidXmlContent: 'The content is not XML, or XML that is not read: with a document type, or nested too deeply.',
  TransformationFailed: 'A map or template could not go on, or ended with a message of its own.',
  TransformationLimitExceeded: 'A transformation took longer, or more memory, than it may.',
  CodeRunnerNotAvailable: 'The action runs code, for which this server has no host.',
  InternalServerError: 'The engine failed; the server’s log says why.',
} as const satisfies { readonly [code: string]: string };
