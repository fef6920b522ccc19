import { type JsonObject, readConnector, writeCustomApi, writePackage } from '@patchbay/definition';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startThingsPlatform, type ThingsPlatform } from './test-platform/start-things-platform.ts';
import { answerJson } from './test-platform/upstream.ts';

let server: ThingsPlatform;
beforeAll(async () => {
  server = await startThingsPlatform((_, response) => answerJson(response, 200, {}), {});
});
afterAll(() => server.stop());

const openapi = `openapi: 3.1.0
info: { title: Parcels, version: "1" }
servers: [{ url: "https://api.test/v1" }]
paths:
  /parcels:
    get:
      operationId: FindParcels
      parameters:
        - { name: visit, in: cookie, schema: { type: string } }
      responses: { "200": { description: All } }
`;

const swagger: JsonObject = {
  swagger: '2.0',
  info: { title: 'Loans', version: '1' },
  host: 'api.test',
  basePath: '/v1',
  paths: { '/loans': { get: { operationId: 'FindLoans', responses: { 200: { description: 'All' } } } } },
};

const parcels = { summary: ['FindParcels'], losses: ['cookie-parameter'] };
const loans = { summary: ['FindLoans'], losses: [] };

/** The model of a definition that is sent as text. */
function loansModel() {
  const { model } = readConnector({ definition: { name: 'def.json', content: JSON.stringify(swagger) } });
  if (model === undefined) throw new Error('not read');
  return model;
}

const archive = {
  '$content-type': 'application/zip',
  $content: Buffer.from(writePackage(loansModel()).bytes).toString('base64'),
};

it.each([
  ['OpenAPI 3.1 in YAML', openapi, parcels],
  ['Swagger 2.0 as a value', swagger, loans],
  ['a zip archive', archive, loans],
  ['a customApis resource', writeCustomApi(loansModel()).resource, loans],
  ['a cURL command', 'curl https://api.test/v1/loans', { summary: ['GetV1Loans'], losses: ['responses-unknown'] }],
])('makes a connector of %s', async (_, definition, expected) => {
  const checked = await server.ask('POST', '/api/connectors/validate', { definition });
  const imported = await server.call('POST', '/api/connectors/import', { definition });
  const { name, losses } = imported.body as { name: string; losses: readonly { code: string }[] };
  expect(checked.body).toMatchObject({ errors: 0, losses });
  const { operations } = (await server.call('GET', `/api/connectors/${name}/operations`)).body as {
    operations: readonly { operationId: string }[];
  };
  expect({ summary: operations.map((one) => one.operationId), losses: losses.map((loss) => loss.code) }).toEqual(
    expected,
  );
});

it('keeps the connector that was made, as Swagger 2.0, and says what is wrong in the words of the author', async () => {
  const imported = await server.call('POST', '/api/connectors/import', {
    definition: `${openapi}      deprecated: "perhaps"\n      tags: none\n`,
    fileName: 'parcels.yaml',
  });
  const { name, findings } = imported.body as { name: string; findings: readonly { source: string; line: number }[] };
  expect(findings.map((finding) => `${finding.source}:${finding.line}`)).toContain('parcels.yaml:12');
  const row = await server.services.connectors.get(name);
  expect(JSON.parse(row.definition)).toMatchObject({ swagger: '2.0', host: 'api.test', basePath: '/v1' });
});

it('says of what is no description that it is none, and keeps nothing', async () => {
  const before = await server.services.connectors.list(server.environment.id);
  const answer = await server.call('POST', '/api/connectors/import', {
    definition: { '$content-type': 'application/zip', $content: Buffer.from('PK\u0003\u0004').toString('base64') },
  });
  expect(answer.status).toBe(422);
  expect(await server.services.connectors.list(server.environment.id)).toEqual(before);
});
