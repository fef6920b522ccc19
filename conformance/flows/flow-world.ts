import type { JsonValue } from '@patchbay/expression';
import type {
  CalledFlow,
  InvocationContext,
  InvocationResult,
  Invoker,
  LocalCallback,
  WorkflowFile,
} from '@patchbay/workflow';
import { DataShape } from './data-shape.ts';
import { type DefinitionAction, definitionActions } from './definition-actions.ts';
import type { FlowShapes } from './flow-shapes.ts';
import { generateData, type Variant } from './generate-data.ts';
import { entriesOf, isObject, type JsonObject, member, textAt } from './json.ts';

/** Everything around a flow that it needs to run, made up of what it does with it. */
export type FlowWorld = {
  readonly parameters: { readonly [name: string]: JsonValue };
  readonly appSettings: { readonly [name: string]: string };
  readonly triggerOutputs: JsonObject;
  readonly invoker: Invoker;
  readonly callbacks: { readonly [action: string]: readonly LocalCallback[] };
  readonly mocks: { readonly [action: string]: JsonValue };
  readonly findFlow: (reference: string) => Promise<CalledFlow>;
};

/** What works on documents or code that are no part of a definition. */
const standsForTypes: ReadonlySet<string> = new Set([
  'xslt',
  'liquid',
  'xmlvalidation',
  'xmlparse',
  'xmlcompose',
  'flatfiledecoding',
  'flatfileencoding',
  'integrationaccountartifactlookup',
  'javascriptcode',
  'csharpscriptcode',
  'powershellcode',
  'sendtobatch',
]);

const webhookTypes: ReadonlySet<string> = new Set(['httpwebhook', 'apiconnectionwebhook', 'openapiconnectionwebhook']);

/** However often a webhook action asks to be called back. */
const callbackCount = 1000;

export function createFlowWorld(file: WorkflowFile, shapes: FlowShapes, variant: Variant): FlowWorld {
  const actions = definitionActions(file.definition);
  const outputsOf = (name: string): JsonObject => {
    const made = generateData(shapes.actions.get(name.toLowerCase()) ?? new DataShape(), variant);
    return isObject(made) ? made : {};
  };
  return {
    parameters: parameterValues(file, shapes, variant),
    appSettings: Object.fromEntries(
      [...shapes.appSettings].map(([name, shape]) => [name, String(generateData(shape, variant))]),
    ),
    triggerOutputs: triggerOutputs(shapes, variant),
    invoker: {
      effect: () => 'unsafe',
      invoke: async (invocation, context) => answer(invocation.kind, context, outputsOf),
    },
    callbacks: ofTypes(actions, webhookTypes, ({ name }) => {
      const { headers, body } = outputsOf(name);
      const callback = { headers: textsOf(headers), body: body ?? {} };
      return Array.from({ length: callbackCount }, () => callback);
    }),
    mocks: ofTypes(actions, standsForTypes, ({ name }) => ({
      status: 'Succeeded',
      outputs: { body: {}, ...outputsOf(name) },
    })),
    findFlow: async (reference) => {
      const caller = actions.find((action) => referencesOf(action).includes(reference));
      const trigger = textAt(caller?.inputs, 'host', 'triggerName') ?? 'manual';
      return calledFlow(reference, trigger, caller === undefined ? {} : outputsOf(caller.name));
    },
  };
}

function ofTypes<Made>(
  actions: readonly DefinitionAction[],
  types: ReadonlySet<string>,
  make: (action: DefinitionAction) => Made,
): { readonly [action: string]: Made } {
  return Object.fromEntries(actions.filter(({ type }) => types.has(type)).map((action) => [action.name, make(action)]));
}

/**
 * Values that are given or have a default stand; those that are left empty, or that come from a file beside the definition, are for
 * whoever deploys the flow.
 */
function parameterValues(
  file: WorkflowFile,
  shapes: FlowShapes,
  variant: Variant,
): { readonly [name: string]: JsonValue } {
  const values: { [name: string]: JsonValue } = Object.fromEntries(
    [...shapes.parameters].map(([name, shape]) => [name, generateData(shape, variant)]),
  );
  for (const [name, declared] of entriesOf(member(file.definition, 'parameters'))) {
    if (name.startsWith('$')) continue;
    const given = file.parameters[name] ?? member(declared, 'defaultValue');
    if (!isLeftOpen(given)) values[name.toLowerCase()] = given;
  }
  return values;
}

function isLeftOpen(value: JsonValue | undefined): value is undefined | null | '' {
  return value === undefined || value === null || value === '';
}

function triggerOutputs(shapes: FlowShapes, variant: Variant): JsonObject {
  const made = generateData(shapes.trigger, variant);
  return isObject(made) ? { headers: {}, body: null, ...made } : { headers: {}, body: null };
}

function answer(
  kind: string,
  { action }: InvocationContext,
  outputsOf: (name: string) => JsonObject,
): InvocationResult {
  if (kind === 'unsubscribe') return { statusCode: 200, headers: {}, body: null };
  const { statusCode, headers, body } = outputsOf(action);
  return {
    statusCode: isSuccess(statusCode) ? statusCode : 200,
    headers: textsOf(headers),
    body: body ?? null,
    ...(kind === 'subscribe' ? { subscription: {} } : {}),
  };
}

/** Not 202, which says that there will be an answer elsewhere. */
function isSuccess(statusCode: JsonValue | undefined): statusCode is number {
  return typeof statusCode === 'number' && statusCode >= 200 && statusCode < 300 && statusCode !== 202;
}

function textsOf(headers: JsonValue | undefined): { readonly [name: string]: string } {
  return Object.fromEntries(
    entriesOf(headers).map(([name, value]) => [
      name.toLowerCase(),
      typeof value === 'string' ? value : JSON.stringify(value),
    ]),
  );
}

/** How an action may name the flow that it calls. */
function referencesOf({ type, inputs }: DefinitionAction): readonly string[] {
  if (type !== 'workflow') return [];
  const host = member(inputs, 'host');
  const named = [textAt(host, 'workflow', 'id'), textAt(host, 'workflowReferenceName')].filter(
    (name) => name !== undefined,
  );
  return named.flatMap((name) => [name, name.slice(name.lastIndexOf('/') + 1)]);
}

function calledFlow(reference: string, trigger: string, outputs: JsonObject): CalledFlow {
  const { statusCode, headers, body } = outputs;
  const inputs = {
    statusCode: isSuccess(statusCode) ? statusCode : 200,
    headers: "@parameters('answer')['headers']",
    body: "@parameters('answer')['body']",
  };
  return {
    displayName: reference,
    definition: {
      parameters: { answer: { type: 'Object' } },
      triggers: { [trigger]: { type: 'Request', kind: 'Http' } },
      actions: { Response: { type: 'Response', kind: 'Http', inputs, runAfter: {} } },
    },
    parameters: { answer: { headers: textsOf(headers), body: body ?? {} } },
  };
}
