import type { JsonValue } from '@patchbay/expression';
import type { ActionRecord, Failure, JsonText, RetryAttempt, RunRecord, RunSummary } from '../contract.ts';
import type { SecuredParts } from './secured-parts.ts';

/** Codes whose messages may say values that an action was given. */
const telling = new Set([
  'InvalidTemplate',
  'BadRequest',
  'ValidationFailed',
  'ExpressionEvaluationFailed',
  'TrackedPropertiesEvaluationFailed',
  'InvalidXmlContent',
  'InvalidMap',
  'InvalidSchema',
  'TransformationFailed',
  'MapNotFound',
  'SchemaNotFound',
  'ArtifactNotFound',
]);

const hiddenMessage = 'The message is not shown, as the inputs of the action are secured.';

/** A run as history shows it: without what its definition secures. */
export function concealRun(run: RunRecord, parts: SecuredParts): RunRecord {
  if (parts.isEmpty) return run;
  const { trigger, response, outputs, error, ...rest } = run;
  const { inputs: triggerInputs, outputs: triggerOutputs, ...shown } = trigger;
  const secured = parts.trigger(trigger.name);
  return {
    ...rest,
    trigger: {
      ...shown,
      ...(triggerInputs !== undefined && !secured.inputs && { inputs: triggerInputs }),
      ...(triggerOutputs !== undefined && !secured.outputs && { outputs: triggerOutputs }),
    },
    ...(response !== undefined && !parts.response && { response }),
    ...(outputs !== undefined && { outputs: concealOutputs(outputs, parts) }),
    ...(error !== undefined && { error: parts.termination ? hide(error) : error }),
  };
}

/** A run as a list shows it. */
export function concealSummary(run: RunSummary, parts: SecuredParts): RunSummary {
  if (parts.isEmpty) return run;
  const { trigger, error, ...rest } = run;
  const { inputsBytes, outputsBytes, ...shown } = trigger;
  const secured = parts.trigger(trigger.name);
  return {
    ...rest,
    trigger: {
      ...shown,
      ...(inputsBytes !== undefined && !secured.inputs && { inputsBytes }),
      ...(outputsBytes !== undefined && !secured.outputs && { outputsBytes }),
    },
    ...(error !== undefined && { error: parts.termination ? hide(error) : error }),
  };
}

/** A record as history shows it. */
export function concealAction(record: ActionRecord, parts: SecuredParts): ActionRecord {
  if (parts.isEmpty) return record;
  const secured = parts.action(record.action);
  if (!secured.inputs && !secured.outputs) return record;
  const { inputs, outputs, trackedProperties: _tracked, error, retryHistory, ...rest } = record;
  return {
    ...rest,
    ...(inputs !== undefined && !secured.inputs && { inputs }),
    ...(outputs !== undefined && !secured.outputs && { outputs }),
    ...(error !== undefined && { error: secured.inputs && telling.has(error.code) ? hide(error) : error }),
    ...(retryHistory !== undefined && { retryHistory: secured.inputs ? retryHistory.map(hideAttempt) : retryHistory }),
  };
}

/** `{name: {type, value}}` without the values that are secured. */
function concealOutputs(text: JsonText, parts: SecuredParts): JsonText {
  const outputs = JSON.parse(text) as { readonly [name: string]: JsonValue };
  return JSON.stringify(
    Object.fromEntries(
      Object.entries(outputs).map(([name, output]): [string, JsonValue] => {
        if (!parts.output(name) || typeof output !== 'object' || output === null || Array.isArray(output)) {
          return [name, output];
        }
        const type = 'type' in output ? output['type'] : undefined;
        return [name, type === undefined ? {} : { type }];
      }),
    ),
  );
}

function hide({ code }: Failure): Failure {
  return { code, message: hiddenMessage };
}

function hideAttempt(attempt: RetryAttempt): RetryAttempt {
  return attempt.error === undefined ? attempt : { ...attempt, error: hide(attempt.error) };
}
