import type { JsonObject } from '@patchbay/definition';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { flows, startThingsPlatform, type ThingsPlatform } from '../../test-platform/start-things-platform.ts';
import { callThings, flowOf } from '../../test-platform/things.ts';
import { answerJson } from '../../test-platform/upstream.ts';

let server: ThingsPlatform;
beforeAll(async () => {
  server = await startThingsPlatform((_request, response) => answerJson(response, 200, {}));
});
afterAll(() => server.stop());

const references = (): JsonObject => ({ things: { connectionName: server.connection, id: server.apiId } });
const validate = (definition: unknown, environment = '~default') =>
  server.ask('POST', '/api/flows/validate', { environment, definition, connectionReferences: references() });

it('says everything that is wrong with the text of a flow where it stands, and keeps nothing', async () => {
  const text = `{
  "properties": {
    "displayName": "Lend", // what it does
    "definition": {
      "triggers": { "manual": { "type": "Request", "kind": "Http" } },
      "actions": {
        "Find": { "type": "OpenApiConnection", "inputs": {
          "host": { "connectionName": "things", "operationId": "GetThnig" }
        } },
        "Tell": { "type": "Compose", "inputs": { "a": "@body('Found')", "b": "@concatt('x')" } },
        "Take": { "type": "OpenApiConnection", "inputs": {
          "host": { "connectionName": "things", "operationId": "GetThing" },
          "parameters": { "di": 1 }
        } }
      }
    }
  }
}`;
  const { status, body } = await validate(text);
  const { errors, warnings, findings } = body as { errors: number; warnings: number; findings: readonly Found[] };
  expect({ status, errors, warnings }).toEqual({ status: 200, errors: 4, warnings: 2 });
  expect(findings.map((one) => `${one.line}:${one.column} ${one.severity} ${one.code}`)).toEqual([
    '3:28 warning json-comment',
    '8:49 error operation-unknown',
    '10:50 error reference-unknown',
    '10:73 error expression-invalid',
    '13:11 error operation-parameter-missing',
    '13:27 warning operation-parameter-unknown',
  ]);
  expect(await server.ask('GET', flows)).toMatchObject({ status: 200, body: { value: [] } });
});

it('says what is wrong with a definition, of a text that is no flow, and finds nothing in one that is good', async () => {
  const good = flowOf({ Take: callThings(server.apiId, 'GetThing', { id: 1 }) });
  expect(await validate(good)).toEqual({ status: 200, body: { errors: 0, warnings: 0, findings: [] } });
  expect(await validate(flowOf({ Take: callThings(server.apiId, 'GetThing') }))).toEqual({
    status: 200,
    body: {
      errors: 1,
      warnings: 0,
      findings: [
        {
          code: 'operation-parameter-missing',
          severity: 'error',
          message: '"Take" does not give "id", which the operation "GetThing" requires',
          pointer: '/actions/Take/inputs/parameters',
        },
      ],
    },
  });
  expect(await validate('{"a": 1}')).toMatchObject({
    body: { errors: 1, findings: [{ code: 'definition-missing', line: 1, column: 1 }] },
  });
  expect(await validate('"no"')).toMatchObject({ body: { errors: 1, findings: [{ code: 'definition-missing' }] } });
  expect(await validate(good, 'nowhere')).toMatchObject({ status: 404 });
});

it('refuses to deploy what calls an operation that its connector does not have, with every error in words', async () => {
  const definition = flowOf({
    Find: callThings(server.apiId, 'GetThnig'),
    Tell: { type: 'Compose', inputs: "@body('Gone')", runAfter: {} },
  });
  const properties = { definition, connectionReferences: references() };
  const answer = await server.ask('POST', flows, { properties });
  const { error } = answer.body as { error: { code: string; message: string; details: readonly Found[] } };
  expect({ status: answer.status, code: error.code, message: error.message }).toEqual({
    status: 400,
    code: 'InvalidDefinition',
    message:
      'The definition cannot run: "Find" calls the operation "GetThnig", which "Things" does not have; did you mean "GetThing"?, at /actions/Find/inputs/host/operationId; there is no action named "Gone", at /actions/Tell/inputs.',
  });
  expect(error.details.map(({ code, pointer }) => `${code} ${pointer}`)).toEqual([
    'operation-unknown /actions/Find/inputs/host/operationId',
    'reference-unknown /actions/Tell/inputs',
  ]);
});

type Found = {
  readonly code: string;
  readonly severity: string;
  readonly pointer: string;
  readonly line: number;
  readonly column: number;
};
