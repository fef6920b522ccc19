import { sendMessages } from '../crash/batches.ts';
import { askSteps, askThrice } from '../crash/journeys.ts';
import { ticketFlow } from '../crash/ticket-flow.ts';

/** A call that a finished run has made, and the record that tells of it. */
export type Step = { readonly step: string; readonly action: string; readonly iteration: string };

export type MixedFlow = {
  readonly name: string;
  readonly definition: object;
  readonly steps: readonly Step[];
  /** What its action `Result` gives. */
  readonly result: unknown;
};

/** The flow that sends messages to a batch. */
export const sendingFlowName = 'Sends';

/** What runs at once: calls that must not be repeated in sequence and in a loop, runs that sleep, a loop that sleeps, webhooks that wait to be called back, and messages to a batch. */
export function mixedFlows(upstream: string): readonly MixedFlow[] {
  const outside = (step: string, action: string): Step => ({ step, action, iteration: '' });
  const inLoop = (name: string, action: string): readonly Step[] =>
    [0, 1, 2].map((index) => ({ step: `${name}-${index + 1}`, action, iteration: String(index).padStart(6, '0') }));
  return [
    {
      name: 'Tickets',
      definition: ticketFlow(upstream),
      steps: [outside('open', 'Open'), ...inLoop('part', 'Part'), outside('close', 'Close')],
      result: 3,
    },
    {
      name: 'Sleeps',
      definition: definitionOf({
        Open: call(upstream, 'open', {}),
        Pause: { type: 'Wait', inputs: { interval: { count: 3, unit: 'Second' } }, runAfter: { Open: ['Succeeded'] } },
        Close: call(upstream, 'close', { Pause: ['Succeeded'] }),
        Result: { type: 'Compose', inputs: "@body('Close')['step']", runAfter: { Close: ['Succeeded'] } },
      }),
      steps: [outside('open', 'Open'), outside('close', 'Close')],
      result: 'close',
    },
    {
      name: 'Rounds',
      definition: definitionOf({
        Count: { type: 'InitializeVariable', inputs: { variables: [{ name: 'count', type: 'integer', value: 0 }] } },
        Rounds: {
          type: 'Until',
          expression: "@greaterOrEquals(variables('count'), 3)",
          limit: { count: 10, timeout: 'PT1H' },
          actions: {
            More: { type: 'IncrementVariable', inputs: { name: 'count', value: 1 } },
            Call: call(upstream, "@{concat('round-', variables('count'))}", { More: ['Succeeded'] }),
            Pause: {
              type: 'Wait',
              inputs: { interval: { count: 1, unit: 'Second' } },
              runAfter: { Call: ['Succeeded'] },
            },
          },
          runAfter: { Count: ['Succeeded'] },
        },
        Result: { type: 'Compose', inputs: "@variables('count')", runAfter: { Rounds: ['Succeeded'] } },
      }),
      steps: inLoop('round', 'Call'),
      result: 3,
    },
    {
      name: 'Asks',
      definition: definitionOf({
        Each: askThrice(upstream),
        Result: { type: 'Compose', inputs: "@length(body('Ask'))", runAfter: { Each: ['Succeeded'] } },
      }),
      steps: askSteps,
      result: 3,
    },
    {
      name: sendingFlowName,
      definition: definitionOf({
        Each: sendMessages,
        Result: { type: 'Compose', inputs: "@length(body('Send'))", runAfter: { Each: ['Succeeded'] } },
      }),
      steps: [],
      result: 5,
    },
  ];
}

function definitionOf(actions: object): object {
  return {
    $schema:
      'https://schema.management.azure.com/providers/Microsoft.Logic/schemas/2016-06-01/workflowdefinition.json#',
    contentVersion: '1.0.0.0',
    triggers: { manual: { type: 'Request', kind: 'Http', inputs: { schema: {} } } },
    actions,
  };
}

function call(upstream: string, step: string, runAfter: object): object {
  return {
    type: 'Http',
    inputs: {
      method: 'POST',
      uri: `${upstream}/steps`,
      headers: { 'content-type': 'application/json' },
      body: { ticket: "@triggerBody()['ticket']", step },
      retryPolicy: { type: 'fixed', count: 3, interval: 'PT5S' },
    },
    runAfter,
  };
}
