import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { JsonValue } from '@patchbay/definition';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { connectionValues } from '../../conformance/calls/connection-values.ts';
import { startPrismMock } from '../../conformance/calls/prism-mock.ts';
import { generateArguments } from '../../conformance/generate-arguments.ts';
import { createConnection, createConnector, deployFlow, runFlow } from '../platform/maker.ts';
import { type ServerProcess, startServerProcess } from '../platform/server-process.ts';
import { type SignedInClient, signInWithLink } from '../platform/signed-in-client.ts';
import { type ChosenConnector, chooseConnectors, locations, securityKinds } from './choose-connectors.ts';

const corpus = join(import.meta.dirname, '../../../shared/corpus/connectors');
const isMissing = !existsSync(corpus);
const chosen = isMissing ? [] : chooseConnectors(corpus);

let server: ServerProcess;
let client: SignedInClient;

beforeAll(async () => {
  if (isMissing) return;
  server = await startServerProcess({ environment: { PATCHBAY_SEED: 'environment' } });
  client = await signInWithLink(server.signInLink());
});

afterAll(async () => {
  if (!isMissing) await server.dispose();
});

it.skipIf(isMissing)('covers every kind of security and every location of parameters (needs ../shared/corpus)', () => {
  expect(chosen.length).toBeGreaterThanOrEqual(10);
  expect({
    security: new Set(chosen.map((connector) => connector.security)),
    locations: new Set(chosen.flatMap((connector) => connector.locations)),
    operations: new Set(chosen.map((connector) => connector.operations.length)),
  }).toEqual({ security: new Set(securityKinds), locations: new Set(locations), operations: new Set([10]) });
});

it.skipIf(isMissing)('calls published connectors as their definitions allow (needs ../shared/corpus)', async () => {
  const outcomes = [];
  for (const connector of chosen) outcomes.push(await callFromFlow(connector));
  const good = { requests: 10, refused: [], unanswered: [], failed: [], status: 'Succeeded' };
  expect(outcomes).toEqual(chosen.map(({ name }) => ({ name, ...good })));
});

/** Puts a connector before a mock of its own definition and calls its operations from one flow. */
async function callFromFlow({ name, definition, properties, model, operations }: ChosenConnector): Promise<object> {
  const mock = await startPrismMock(definition);
  try {
    const connector = await createConnector(client, {
      ...properties,
      openApiDefinition: definition,
      backendService: { serviceUrl: mock.serviceUrl },
    });
    const connection = await createConnection(client, connector, connectionValues(model));
    const calls = operations.map((operation): [string, object] => [
      operation.operationId,
      flowParameters(generateArguments(model, operation, true), operation.body?.name),
    ]);
    const flow = await deployFlow(client, name, callingFlow(connector, calls), { api: { connector, connection } });
    const { status, actions } = await runFlow(client, flow, 'manual');
    const requests = mock.requests.map(({ method, url, violations, noAnswer }) => ({
      call: `${method} ${url}`,
      violations,
      noAnswer,
    }));
    return {
      name,
      requests: requests.length,
      refused: requests.filter(({ violations }) => violations.length > 0),
      unanswered: requests.filter(({ noAnswer }) => noAnswer !== undefined),
      failed: Object.entries(actions).filter((entry) => entry[1].status !== 'Succeeded'),
      status,
    };
  } finally {
    await mock.close();
  }
}

/** Calls one operation after the other, whatever became of the one before, each once. */
function callingFlow(
  connector: string,
  calls: readonly (readonly [operationId: string, parameters: object])[],
): object {
  const actions = calls.map(([operationId, parameters], index): [string, object] => [
    `Call_${index + 1}`,
    {
      type: 'OpenApiConnection',
      inputs: {
        host: {
          apiId: `/providers/Microsoft.PowerApps/apis/${connector}`,
          connectionName: 'api',
          operationId,
        },
        parameters,
        retryPolicy: { type: 'none' },
      },
      runAfter: index === 0 ? {} : { [`Call_${index}`]: ['Succeeded', 'Failed'] },
    },
  ]);
  return {
    $schema:
      'https://schema.management.azure.com/providers/Microsoft.Logic/schemas/2016-06-01/workflowdefinition.json#',
    contentVersion: '1.0.0.0',
    parameters: {},
    triggers: { manual: { type: 'Request', kind: 'Http', inputs: { schema: {} } } },
    actions: Object.fromEntries(actions),
    outputs: {},
  };
}

/** Parameters as a designer writes them: a body by its members, and every text as a literal. */
function flowParameters(values: { readonly [name: string]: JsonValue }, bodyName: string | undefined): object {
  const entries = Object.entries(values).flatMap(([name, value]): [string, JsonValue][] => {
    if (name !== bodyName || typeof value !== 'object' || value === null || Array.isArray(value))
      return [[name, value]];
    const members = Object.entries(value);
    const canBeFlat = members.length > 0 && members.every(([member]) => !member.includes('/'));
    return canBeFlat
      ? members.map(([member, one]): [string, JsonValue] => [`${name}/${member}`, one])
      : [[name, value]];
  });
  return Object.fromEntries(entries.map(([name, value]) => [name, literal(value)]));
}

/** A value that no part of is taken for an expression (reference: workflow definition language, `@@` and `@{`). */
function literal(value: JsonValue): JsonValue {
  if (typeof value === 'string') {
    const text = value.replaceAll('@{', '@@{');
    return text.startsWith('@') && !text.startsWith('@@{') ? `@${text}` : text;
  }
  if (Array.isArray(value)) return value.map(literal);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, literal(member)]));
}
