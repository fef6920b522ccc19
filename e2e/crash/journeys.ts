import { sendMessages } from './batches.ts';
import { ticketFlow, ticketSteps } from './ticket-flow.ts';

/** One kind of run that is killed, and what becomes of it when it is not. */
export type Journey = {
  readonly name: string;
  readonly definition: (upstreamOrigin: string) => object;
  /** Calls that a finished run has made, and whose they are: of the run's own action in an iteration, or of a flow that it called. */
  readonly steps: readonly Step[];
  /** What its action `Result` gives; undefined: it does not come to that. */
  readonly result: unknown;
  /** How it ends; `Succeeded` unless told. */
  readonly status?: 'Failed';
};

export type Step = {
  readonly step: string;
  readonly action: string;
  readonly iteration: string;
  /** Of a called flow: which action called it, in which iteration. */
  readonly calledBy?: { readonly action: string; readonly iteration: string };
};

type Actions = { readonly [name: string]: object };

/** A flow that other journeys call. */
export const calledFlowName = 'Crash child';

export function calledFlow(upstream: string): object {
  return flow({
    Work: call(upstream, "@{triggerBody()['step']}", {}),
    Rest: { type: 'Wait', inputs: { interval: { count: 1, unit: 'Second' } }, runAfter: { Work: ['Succeeded'] } },
    Response: {
      type: 'Response',
      kind: 'Http',
      inputs: { statusCode: 200, body: "@triggerBody()['step']" },
      runAfter: { Rest: ['Succeeded'] },
    },
  });
}

/** What that calls. */
export const askSteps: readonly Step[] = [0, 1, 2].flatMap((at) => [
  { step: `ask-${at}`, action: 'Ask', iteration: index(at) },
  { step: `told-ask-${at}`, action: 'Told', iteration: index(at) },
]);

export const journeys: readonly Journey[] = [
  {
    name: 'sequence',
    definition: ticketFlow,
    steps: ticketSteps.map((step): Step => {
      const part = /^part-(\d)$/.exec(step)?.[1];
      if (part !== undefined) return { step, action: 'Part', iteration: index(Number(part) - 1) };
      return { step, action: step === 'open' ? 'Open' : 'Close', iteration: '' };
    }),
    result: 3,
  },
  {
    name: 'loop of fifty',
    definition: (upstream) =>
      flow({
        Each: {
          type: 'Foreach',
          foreach: '@range(0, 50)',
          actions: {
            Part: call(upstream, "@{concat('part-', item())}", {}),
            Double: { type: 'Compose', inputs: '@mul(item(), 2)', runAfter: { Part: ['Succeeded'] } },
          },
          runAfter: {},
        },
        Result: { type: 'Compose', inputs: "@last(outputs('Double'))", runAfter: { Each: ['Succeeded'] } },
      }),
    steps: Array.from({ length: 50 }, (_, at) => ({ step: `part-${at}`, action: 'Part', iteration: index(at) })),
    result: 98,
  },
  {
    name: 'until',
    definition: (upstream) =>
      flow({
        Count: { type: 'InitializeVariable', inputs: { variables: [{ name: 'count', type: 'integer', value: 0 }] } },
        Rounds: {
          type: 'Until',
          expression: "@equals(variables('count'), 4)",
          limit: { count: 10, timeout: 'PT1H' },
          actions: {
            Round: call(upstream, "@{concat('round-', variables('count'))}", {}),
            Rest: {
              type: 'Wait',
              inputs: { interval: { count: 1, unit: 'Second' } },
              runAfter: { Round: ['Succeeded'] },
            },
            Counted: {
              type: 'IncrementVariable',
              inputs: { name: 'count', value: 1 },
              runAfter: { Rest: ['Succeeded'] },
            },
          },
          runAfter: { Count: ['Succeeded'] },
        },
        Result: { type: 'Compose', inputs: "@variables('count')", runAfter: { Rounds: ['Succeeded'] } },
      }),
    steps: Array.from({ length: 4 }, (_, at) => ({ step: `round-${at}`, action: 'Round', iteration: index(at) })),
    result: 4,
  },
  {
    name: 'wait',
    definition: (upstream) =>
      flow({
        Before: call(upstream, 'before', {}),
        Rest: { type: 'Wait', inputs: { interval: { count: 2, unit: 'Second' } }, runAfter: { Before: ['Succeeded'] } },
        After: call(upstream, 'after', { Rest: ['Succeeded'] }),
        Result: { type: 'Compose', inputs: 'rested', runAfter: { After: ['Succeeded'] } },
      }),
    steps: ['Before', 'After'].map((action) => ({ step: action.toLowerCase(), action, iteration: '' })),
    result: 'rested',
  },
  {
    name: 'webhooks',
    definition: (upstream) =>
      flow({
        Each: askThrice(upstream),
        Result: { type: 'Compose', inputs: "@length(body('Ask'))", runAfter: { Each: ['Succeeded'] } },
      }),
    steps: askSteps,
    result: 3,
  },
  {
    name: 'called flows',
    definition: (upstream) =>
      flow({
        Each: {
          type: 'Foreach',
          foreach: '@range(0, 3)',
          actions: {
            Call: {
              type: 'Workflow',
              inputs: {
                host: { triggerName: 'manual', workflow: { id: calledFlowName } },
                body: { ticket: "@triggerBody()['ticket']", step: "@{concat('child-', item())}" },
              },
            },
          },
          runAfter: {},
        },
        Close: call(upstream, 'close', { Each: ['Succeeded'] }),
        Result: { type: 'Compose', inputs: "@join(body('Call'), ',')", runAfter: { Close: ['Succeeded'] } },
      }),
    steps: [
      ...[0, 1, 2].map((at) => ({
        step: `child-${at}`,
        action: 'Work',
        iteration: '',
        calledBy: { action: 'Call', iteration: index(at) },
      })),
      { step: 'close', action: 'Close', iteration: '' },
    ],
    result: 'child-0,child-1,child-2',
  },
  {
    name: 'batched messages',
    definition: () =>
      flow({
        Each: sendMessages,
        Result: { type: 'Compose', inputs: "@length(body('Send'))", runAfter: { Each: ['Succeeded'] } },
      }),
    steps: [],
    result: 5,
  },
];

/** Asks to be called back, three times at once, and tells of what each callback brought. */
export function askThrice(upstream: string): object {
  return {
    type: 'Foreach',
    foreach: '@range(0, 3)',
    actions: {
      Ask: {
        type: 'HttpWebhook',
        inputs: {
          subscribe: requestOf(upstream, "@{concat('ask-', item())}", { callback: '@{listCallbackUrl()}' }),
          unsubscribe: {},
        },
      },
      Told: call(upstream, "@{concat('told-', body('Ask')['step'])}", { Ask: ['Succeeded'] }),
    },
    runAfter: {},
  };
}

export function flow(actions: Actions): object {
  return {
    $schema:
      'https://schema.management.azure.com/providers/Microsoft.Logic/schemas/2016-06-01/workflowdefinition.json#',
    contentVersion: '1.0.0.0',
    parameters: {},
    triggers: { manual: { type: 'Request', kind: 'Http', inputs: { schema: {} } } },
    actions,
    outputs: {},
  };
}

export function call(upstream: string, step: string, runAfter: object): object {
  return { type: 'Http', inputs: requestOf(upstream, step, {}), runAfter };
}

/** A call that may be in doubt as often as there are kills. */
function requestOf(upstream: string, step: string, more: object): object {
  return {
    method: 'POST',
    uri: `${upstream}/steps`,
    headers: { 'content-type': 'application/json' },
    body: { ticket: "@triggerBody()['ticket']", step, ...more },
    retryPolicy: { type: 'fixed', count: 90, interval: 'PT5S' },
  };
}

export function index(at: number): string {
  return String(at).padStart(6, '0');
}
