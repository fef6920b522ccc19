import { emptyDefinition } from '../order-connector.ts';

/** The flows of the loops that are measured. The trigger's body says how many items or rounds, or until when. */

const triggers = { manual: { type: 'Request', kind: 'Http', inputs: {} } };
const after = (action: string): object => ({ runAfter: { [action]: ['Succeeded'] } });

const eachItem = {
  type: 'Foreach',
  foreach: "@range(0, triggerBody()['count'])",
  actions: { Shape: { type: 'Compose', inputs: "@concat('Item ', item())" } },
  runAfter: {},
};

/** A Foreach of one Compose, twenty items at a time as where nothing else is said. */
export const foreachFlow: object = { ...emptyDefinition, triggers, actions: { Each: eachItem } };

/** The same, and then a failure. */
export const failingFlow: object = {
  ...emptyDefinition,
  triggers,
  actions: { Each: eachItem, Post: { type: 'Compose', inputs: "@int('none')", ...after('Each') } },
};

/** The same, and then an hour's sleep. */
export const foreachThenWaitFlow: object = {
  ...emptyDefinition,
  triggers,
  actions: {
    Each: eachItem,
    Pause: {
      type: 'Wait',
      inputs: { until: { timestamp: "@triggerBody()['until']" } },
      ...after('Each'),
    },
  },
};

/** An Until that counts in a variable. */
export const untilFlow: object = {
  ...emptyDefinition,
  triggers,
  actions: {
    Count: { type: 'InitializeVariable', inputs: { variables: [{ name: 'count', type: 'integer', value: 0 }] } },
    Rounds: {
      type: 'Until',
      expression: "@equals(variables('count'), triggerBody()['count'])",
      limit: { count: 5000, timeout: 'PT1H' },
      actions: {
        Shape: { type: 'Compose', inputs: "@concat('Round ', iterationIndexes('Rounds'))", runAfter: {} },
        More: { type: 'IncrementVariable', inputs: { name: 'count' }, ...after('Shape') },
      },
      ...after('Count'),
    },
  },
};

/** Sleeps until a time. */
export const sleepingFlow: object = {
  ...emptyDefinition,
  triggers,
  actions: {
    Pause: { type: 'Wait', inputs: { until: { timestamp: "@triggerBody()['until']" } }, runAfter: {} },
    Woken: { type: 'Compose', inputs: "@triggerBody()['until']", ...after('Pause') },
  },
};
