import type { FlowDefinition } from '@patchbay/workflow';

const hour = { type: 'Wait', inputs: { interval: { count: 1, unit: 'Hour' } } };

/** Flows whose runs sleep in the store, each in a place of its own. */
const definitions: { readonly [flow: string]: FlowDefinition['definition'] } = {
  /** Asleep in a Wait. */
  waits: {
    triggers: { manual: { type: 'Request' } },
    actions: {
      Before: { type: 'Compose', inputs: "@concat('for ', triggerBody()['name'])" },
      Pause: {
        type: 'Wait',
        inputs: { interval: { count: 2, unit: 'Hour' } },
        runAfter: { Before: ['Succeeded'] },
      },
      After: { type: 'Compose', inputs: "@concat('after ', outputs('Before'))", runAfter: { Pause: ['Succeeded'] } },
    },
  },
  /** Asleep in the second of three iterations, with a variable that the first has changed. */
  loops: {
    triggers: { manual: { type: 'Request' } },
    actions: {
      Sum: { type: 'InitializeVariable', inputs: { variables: [{ name: 'sum', type: 'integer', value: 10 }] } },
      Each: {
        type: 'Foreach',
        foreach: '@createArray(1, 2, 3)',
        operationOptions: 'Sequential',
        actions: {
          Add: { type: 'IncrementVariable', inputs: { name: 'sum', value: '@item()' } },
          Pause: { ...hour, runAfter: { Add: ['Succeeded'] } },
          Note: { type: 'Compose', inputs: "@variables('sum')", runAfter: { Pause: ['Succeeded'] } },
        },
        runAfter: { Sum: ['Succeeded'] },
      },
      Total: { type: 'Compose', inputs: "@variables('sum')", runAfter: { Each: ['Succeeded'] } },
    },
  },
  /** Asleep in the second round of an Until. */
  repeats: {
    triggers: { manual: { type: 'Request' } },
    actions: {
      Rounds: { type: 'InitializeVariable', inputs: { variables: [{ name: 'rounds', type: 'integer', value: 0 }] } },
      Again: {
        type: 'Until',
        expression: "@equals(variables('rounds'), 3)",
        limit: { count: 9, timeout: 'PT9H' },
        actions: {
          Count: { type: 'IncrementVariable', inputs: { name: 'rounds', value: 1 } },
          Pause: { ...hour, runAfter: { Count: ['Succeeded'] } },
        },
        runAfter: { Rounds: ['Succeeded'] },
      },
      Told: { type: 'Compose', inputs: "@variables('rounds')", runAfter: { Again: ['Succeeded'] } },
    },
  },
  /** Asleep with a payload that is stored by its hash. */
  recalls: {
    triggers: { manual: { type: 'Request' } },
    actions: {
      Big: { type: 'Compose', inputs: '@range(10000, 2000)' },
      Pause: {
        type: 'Wait',
        inputs: { interval: { count: 2, unit: 'Hour' } },
        runAfter: { Big: ['Succeeded'] },
      },
      Last: { type: 'Compose', inputs: "@last(outputs('Big'))", runAfter: { Pause: ['Succeeded'] } },
    },
  },
  /** Waits for the answer of a flow that it has called, which sleeps. */
  calls: {
    triggers: { manual: { type: 'Request' } },
    actions: {
      Call: { type: 'Workflow', inputs: { host: { triggerName: 'manual', workflow: { id: 'answers' } }, body: 'me' } },
      Answer: { type: 'Compose', inputs: "@body('Call')", runAfter: { Call: ['Succeeded'] } },
    },
  },
  answers: {
    triggers: { manual: { type: 'Request' } },
    actions: {
      Pause: { type: 'Wait', inputs: { interval: { count: 2, unit: 'Hour' } } },
      Response: {
        type: 'Response',
        inputs: { statusCode: 200, body: "@concat('for ', triggerBody())" },
        runAfter: { Pause: ['Succeeded'] },
      },
    },
  },
  /** Waits to be called back. */
  listens: {
    triggers: { manual: { type: 'Request' } },
    actions: {
      Ask: {
        type: 'HttpWebhook',
        inputs: {
          subscribe: { method: 'POST', uri: 'https://api.test/ask', body: { callback: '@{listCallbackUrl()}' } },
          unsubscribe: {},
        },
      },
      Heard: { type: 'Compose', inputs: "@body('Ask')['word']", runAfter: { Ask: ['Succeeded'] } },
    },
  },
};

export const sleepingFlows: readonly FlowDefinition[] = Object.entries(definitions).map(([flowId, definition]) => ({
  flowId,
  revision: 1,
  displayName: flowId,
  environmentId: 'E',
  stateless: false,
  definition,
  parameters: {},
  connectionReferences: {},
}));
