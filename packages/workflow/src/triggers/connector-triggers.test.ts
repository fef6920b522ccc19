import type { JsonValue } from '@patchbay/expression';
import { expect, it } from 'vitest';
import { compileDefinition } from '../plan/compile-definition.ts';

const host = { connection: { name: "@parameters('$connections')['things']['connectionId']" } };
const serviceBus = {
  connectionName: 'things',
  operationId: 'receive',
  serviceProviderId: '/serviceProviders/serviceBus',
};

it.each<readonly [string, JsonValue, readonly string[]]>([
  [
    'an operation without a host',
    { type: 'OpenApiConnection', inputs: { parameters: {} } },
    [
      'trigger "T" names no connection in its host /triggers/T/inputs/host',
      'trigger "T" names no operationId in its host /triggers/T/inputs/host',
      'trigger "T" says no recurrence, so it asks every three minutes; the platform takes it only with one /triggers/T',
    ],
  ],
  [
    'a request without a path',
    { type: 'ApiConnectionWebhook', inputs: { host } },
    ['trigger "T" names no path /triggers/T/inputs'],
  ],
  [
    'what subscribes and what gives back without a path',
    { type: 'ApiConnectionWebhook', inputs: { host, subscribe: {}, unsubscribe: { method: 'DELETE' } } },
    [
      'trigger "T" names no path /triggers/T/inputs/subscribe',
      'trigger "T" names no path /triggers/T/inputs/unsubscribe',
    ],
  ],
  [
    'a notification without what to fetch',
    { type: 'ApiConnectionNotification', inputs: { host, subscribe: { path: '/a' } } },
    ['trigger "T" names no path /triggers/T/inputs/fetch'],
  ],
  [
    'a recurrence that cannot be',
    { type: 'ApiConnection', inputs: { host, path: '/a' }, recurrence: { frequency: 'Often' } },
    [expect.stringContaining('the recurrence of trigger "T" cannot be used')],
  ],
  [
    'a service without a configuration',
    { type: 'ServiceProvider', inputs: { parameters: {} } },
    [
      'trigger "T" names no connectionName in its serviceProviderConfiguration /triggers/T/inputs/serviceProviderConfiguration',
    ],
  ],
  [
    'a service without an operation',
    { type: 'ServiceProvider', inputs: { serviceProviderConfiguration: { connectionName: 'queue' } } },
    [
      'trigger "T" names no operationId in its serviceProviderConfiguration /triggers/T/inputs/serviceProviderConfiguration',
    ],
  ],
  [
    'what a service needs to be bound to',
    { type: 'serviceprovider', inputs: { parameters: {}, serviceProviderConfiguration: serviceBus } },
    [
      'trigger "T" uses "receive" of the built-in service "serviceBus", which is not part of this version; bind "things" to a connection whose connector has an operation "receive" /triggers/T/inputs/serviceProviderConfiguration',
    ],
  ],
  [
    'a start time that nobody waits for',
    {
      type: 'ApiConnection',
      inputs: { host, path: '/a' },
      recurrence: { frequency: 'Day', interval: 1, startTime: '9999-12-31T00:00:00Z' },
    },
    [
      'the recurrence of trigger "T" cannot be used: the start time "9999-12-31T00:00:00Z" is more than 49 years ahead /triggers/T/recurrence',
    ],
  ],
  [
    'that nothing says how often to ask',
    { type: 'OpenApiConnection', inputs: { host: { connectionName: 'things', operationId: 'List' } } },
    ['trigger "T" says no recurrence, so it asks every three minutes; the platform takes it only with one /triggers/T'],
  ],
  [
    'a whole one that began long ago',
    {
      type: 'apiconnection',
      inputs: { host, path: '/a', authentication: "@parameters('$authentication')" },
      recurrence: { frequency: 'second', interval: '30', startTime: '0001-01-01T00:00:00', timeZone: 'UTC' },
    },
    [],
  ],
])('reports %s', (_what, trigger, expected) => {
  const { findings } = compileDefinition({ triggers: { T: trigger }, actions: {} });
  expect(findings.map(({ message, pointer }) => `${message} ${pointer}`)).toEqual(expected);
});

it.each<readonly [string, JsonValue, JsonValue]>([
  [
    'OpenApiConnectionWebhook',
    { host: { connectionName: 'things', operationId: 'Watch' }, parameters: { 'body/kind': "@concat('a', 'b')" } },
    { kind: 'operation', operationId: 'Watch', parameters: { 'body/kind': 'ab' } },
  ],
  [
    'ApiConnectionWebhook',
    {
      host,
      path: "/a/@{encodeURIComponent('b c')}",
      body: { callback_url: '@{listCallbackUrl()}' },
      queries: { x: 1 },
    },
    {
      kind: 'connection-request',
      method: 'POST',
      path: '/a/b%20c',
      queries: { x: 1 },
      headers: {},
      body: { callback_url: 'https://p.test/n' },
    },
  ],
  [
    'ApiConnectionNotification',
    {
      host,
      fetch: { method: 'get', pathTemplate: { template: '/mail' } },
      subscribe: {
        method: 'put',
        pathTemplate: { template: '/{box}/$subscriptions', parameters: { box: 'in%20box' } },
        body: { NotificationUrl: '@{listCallbackUrl()}' },
      },
    },
    {
      kind: 'connection-request',
      method: 'PUT',
      path: '/in%20box/$subscriptions',
      queries: {},
      headers: {},
      body: { NotificationUrl: 'https://p.test/n' },
    },
  ],
])('evaluates what %s asks to be called', (type, inputs, expected) => {
  const { plan } = compileDefinition({ triggers: { T: { type, inputs } }, actions: {} });
  const watch = plan?.triggers[0]?.watch;
  if (watch === undefined || watch.kind === 'poll') throw new Error('it does not subscribe');
  const connection = { connectorName: 'shared_things', connectionName: 'c1' };
  // What these calls look at of a scope.
  const scope = { listCallbackUrl: () => 'https://p.test/n' } as unknown as Parameters<
    typeof watch.subscribe
  >[0]['scope'];
  expect(watch.subscribe({ scope, connection: () => connection })).toEqual({
    ...(expected as object),
    connection: { ...connection, referenceName: 'things' },
  });
});

it('asks the operation of a service of whatever connection is bound to it, every three minutes', () => {
  const inputs = { parameters: { queueName: "@concat('or', 'ders')" }, serviceProviderConfiguration: serviceBus };
  const { plan } = compileDefinition({ triggers: { T: { type: 'ServiceProvider', inputs } }, actions: {} });
  const watch = plan?.triggers[0]?.watch;
  if (watch?.kind !== 'poll') throw new Error('it does not poll');
  const connection = { connectorName: 'shared_queues', connectionName: 'c1' };
  // What these calls look at of a scope.
  const scope = {} as unknown as Parameters<typeof watch.poll>[0]['scope'];
  expect(watch.poll({ scope, connection: () => connection })).toEqual({
    kind: 'operation',
    connection: { ...connection, referenceName: 'things' },
    operationId: 'receive',
    parameters: { queueName: 'orders' },
  });
  expect(watch.recurrence(scope)).toEqual({ frequency: 'Minute', interval: 3 });
});
