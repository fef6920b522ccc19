import fc from 'fast-check';
import { strToU8, zipSync } from 'fflate';
import { expect, it } from 'vitest';
import type { Finding } from '../finding.ts';
import type { ConnectorModel, JsonObject } from '../model.ts';
import { type ReadResult, readConnector } from '../read-connector.ts';
import { writeText } from '../write/document-text.ts';
import { modelDifference } from '../write/model-difference.ts';
import { readNestedZip } from './read-nested-zip.ts';
import { readZip } from './read-zip.ts';
import { writeCustomApi } from './write-custom-api.ts';
import { writePackage } from './write-package.ts';

const definition: JsonObject = {
  swagger: '2.0',
  info: { title: 'Loans of books', version: '1', description: 'Who has what.' },
  host: 'api.test',
  basePath: '/v1',
  schemes: ['https'],
  paths: {
    '/loans': { get: { operationId: 'Find', responses: { 200: { description: 'All', schema: { type: 'string' } } } } },
  },
  securityDefinitions: { api_key: { type: 'apiKey', in: 'header', name: 'X-Key' } },
  security: [{ api_key: [] }],
};

const connectionParameters: JsonObject = { api_key: { type: 'securestring', uiDefinition: { displayName: 'Key' } } };
const policyTemplateInstances = [
  {
    templateId: 'setheader',
    title: 'Tag',
    parameters: { 'x-ms-apimTemplateParameter.name': 'a', 'x-ms-apimTemplateParameter.value': 'b' },
  },
];

const properties: JsonObject = {
  properties: {
    iconBrandColor: '#da3b01',
    capabilities: [],
    connectionParameters,
    policyTemplateInstances,
    publisher: 'Library',
  },
};

function read(name: string, content: string | Uint8Array): ReadResult {
  return readConnector({ definition: { name, content } });
}

function model({ model: found }: ReadResult): ConnectorModel {
  if (found === undefined) throw new Error('not read');
  return found;
}

function brief(findings: readonly Finding[]): readonly string[] {
  return findings.map((one) => `${one.severity} ${one.code} ${one.source}:${one.line}:${one.column} ${one.pointer}`);
}

const loans = model(
  readConnector({
    definition: { name: 'def.json', content: JSON.stringify(definition) },
    properties: { name: 'props.json', content: JSON.stringify(properties) },
  }),
);

function zip(files: { readonly [name: string]: unknown }): Uint8Array {
  return zipSync(
    Object.fromEntries(
      Object.entries(files).map(([name, value]) => [
        name,
        strToU8(typeof value === 'string' ? value : JSON.stringify(value)),
      ]),
    ),
  );
}

it('writes a package that reads back the same, and is the same bytes each time', () => {
  const { bytes } = writePackage(loans);
  expect(modelDifference(loans, model(read('loans.zip', bytes)))).toBeUndefined();
  expect(Buffer.from(bytes).equals(Buffer.from(writePackage(loans).bytes))).toBe(true);
});

it('reads a package one folder deep, with what else is in it', () => {
  const content = zip({
    'Loans/apiDefinition.swagger.json': definition,
    'Loans/apiProperties.json': properties,
    'Loans/icon.png': 'not read',
    'Loans/script.csx': 'class Script {}',
  });
  const result = read('loans.zip', content);
  expect(modelDifference(loans, model(result))).toBeUndefined();
  expect(result.findings).toEqual([]);
  expect(result.losses.map((loss) => `${loss.code} ${loss.message}`)).toEqual([
    'package-script The code in Loans/script.csx is not carried over. Add it to the connector again.',
  ]);
});

it('reads a description of several files from an archive', () => {
  const content = zip({
    'api/openapi.yaml':
      'openapi: 3.1.0\ninfo: {title: A, version: "1"}\nservers: [{url: https://a.test}]\npaths:\n  /a:\n    $ref: paths/a.yaml\n',
    'api/paths/a.yaml': 'get:\n  operationId: GetA\n  responses: {"200": {description: Good}}\n',
  });
  expect(model(read('a.zip', content)).operations.map((one) => one.operationId)).toEqual(['GetA']);
});

it('reads the connector of an exported solution', () => {
  const customizations =
    '<ImportExportXml><Connectors><Connector><name>new_other</name><iconbrandcolor>#000000</iconbrandcolor></Connector>' +
    '<Connector><name>new_loans</name><iconbrandcolor>#da3b01</iconbrandcolor></Connector></Connectors></ImportExportXml>';
  const content = zip({
    'solution.xml': '<ImportExportXml/>',
    'customizations.xml': customizations,
    'Connector/new_loans_openapidefinition.json': definition,
    'Connector/new_loans_connectionparameters.json': connectionParameters,
    'Connector/new_loans_policytemplateinstances.json': policyTemplateInstances,
    'Connector/new_loans_connectionparametersets.json': 'null',
    'Connector/new_other_openapidefinition.json': definition,
    'Workflows/Flow-1.json': {},
  });
  const result = read('solution.zip', content);
  const { publisher, ...info } = loans.info;
  expect(modelDifference({ ...loans, info }, model(result))).toBeUndefined();
  expect(result.losses.map((loss) => loss.message)).toEqual([
    'There are several connectors. Connector/new_other_openapidefinition.json was left out; only Connector/new_loans_openapidefinition.json was read.',
  ]);
});

it('says where in a file of a solution something is wrong', () => {
  const content = zip({
    'Connector/a_openapidefinition.json': definition,
    'Connector/a_connectionparameters.json': '{\n  "api_key": { "type": "odd" }\n}',
  });
  expect(brief(read('s.zip', content).findings)).toEqual([
    'warning connection-parameter-type Connector/a_connectionparameters.json:2:3 /api_key',
  ]);
});

it('writes a customApis resource that reads back the same', () => {
  const { resource, losses } = writeCustomApi(loans, { location: 'westeurope' });
  expect(losses.map((loss) => loss.message)).toEqual(
    ['policyTemplateInstances', 'publisher'].map(
      (name) =>
        `A customApis resource has no place for ${name}. Azure will not see it; Patchbay keeps it in the definition and reads it back.`,
    ),
  );
  const { swagger, ...rest } = resource['properties'] as JsonObject;
  expect({ ...resource, properties: rest }).toEqual({
    type: 'Microsoft.Web/customApis',
    apiVersion: '2016-06-01',
    name: 'loans-of-books',
    location: 'westeurope',
    properties: {
      displayName: 'Loans of books',
      description: 'Who has what.',
      brandColor: '#da3b01',
      apiType: 'Rest',
      capabilities: [],
      connectionParameters,
      backendService: { serviceUrl: 'https://api.test/v1' },
    },
  });
  expect(modelDifference(loans, model(read('api.json', writeText(resource))))).toBeUndefined();
});

it('reads a customApis resource within a template, with the address it calls and findings at their place', () => {
  const template = {
    $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#',
    resources: [
      { type: 'Microsoft.Web/sites', properties: {} },
      {
        type: 'Microsoft.Web/customapis',
        properties: {
          swagger: { ...definition, basePath: 'v1' },
          connectionParameters,
          backendService: { serviceUrl: 'https://other.test/' },
          brandColor: '#da3b01',
        },
      },
    ],
  };
  const result = read('template.json', JSON.stringify(template, null, 2));
  expect(model(result).furtherProperties).toEqual({ backendService: { serviceUrl: 'https://other.test/' } });
  expect(model(result).info.iconBrandColor).toBe('#da3b01');
  expect(brief(result.findings)).toEqual([
    'warning base-path-not-valid template.json:19:11 /resources/1/properties/swagger/basePath',
  ]);
});

it('says of packages without a description that there is none', () => {
  const content = [
    zip({ 'readme.txt': 'x', 'a.json': '{}' }),
    JSON.stringify({
      type: 'Microsoft.Web/customApis',
      properties: { apiDefinitions: { originalSwaggerUrl: 'https://a.test' } },
    }),
  ];
  expect(content.map((one) => brief(read('a', one).findings))).toEqual([
    ['error package-without-definition a:1:1 '],
    ['error custom-api-without-definition a:1:1 '],
  ]);
});

it('refuses archives that were made to exhaust a reader', () => {
  const packed = zipSync({ 'apiDefinition.swagger.json': new Uint8Array(16 * 1024 * 1024) }, { level: 9 });
  const many = zip(Object.fromEntries(Array.from({ length: 5001 }, (_, index) => [`${index}.txt`, ''])));
  expect([packed, many].map((one) => read('a.zip', one).findings[0]?.message)).toEqual([
    'The zip archive cannot be read whole: it is packed more than 400 to 1.',
    'The zip archive cannot be read whole: it has more than 5000 entries.',
  ]);
});

it.each(['../a.json', 'a/../../b.json', '/etc/a.json', '\\\\host\\a.json', 'C:\\a.json', 'a\\..\\..\\b.json'])(
  'refuses an archive with the entry %s',
  (name) => {
    const { files, problem } = readZip(zip({ 'good.json': '{}', [name]: '{}' }), () => true);
    expect([files.map((file) => file.name), problem]).toEqual([
      ['good.json'],
      `the entry ${JSON.stringify(name)} leads out of it`,
    ]);
  },
);

it('reads archives within an archive, one level deep', () => {
  const inner = zip({ 'solution.xml': '<a/>', 'Workflows/x.json': '{}' });
  const outer = zipSync({
    'PkgAssets/one.zip': inner,
    'PkgAssets/two.zip': zipSync({ 'three.zip': inner, 'b.json': strToU8('1') }),
    'a.json': strToU8('{}'),
    'no.zip': strToU8('no archive'),
    'notes.txt': strToU8(''),
  });
  const { files, problem } = readNestedZip(outer, (name) => name.endsWith('.json'));
  expect([files.map(({ name }) => name), problem]).toEqual([
    ['PkgAssets/one.zip/Workflows/x.json', 'PkgAssets/two.zip/b.json', 'a.json'],
    undefined,
  ]);
});

it('bounds archives within an archive as one', () => {
  const bomb = zipSync({ 'a.json': new Uint8Array(16 * 1024 * 1024) }, { level: 9 });
  const many = Object.fromEntries(Array.from({ length: 21 }, (_, index) => [`${index}.zip`, zip({ 'a.json': '{}' })]));
  const outer = [zipSync({ 'bomb.zip': bomb }), zipSync(many)].map((one) => readNestedZip(one, () => true));
  expect(outer.map(({ files, problem }) => [files.length, problem])).toEqual([
    [0, 'bomb.zip within it: it is packed more than 400 to 1'],
    [20, '20.zip within it: there are more than 20 archives, or more in them than is read'],
  ]);
});

it('never throws, however an archive is damaged', () => {
  const { bytes } = writePackage(loans);
  const damage = fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.nat(255)), { maxLength: 8 });
  fc.assert(
    fc.property(damage, fc.nat(bytes.length), (changes, length) => {
      const damaged = bytes.slice(0, Math.max(length, 4));
      for (const [index, byte] of changes) if (index > 3 && index < damaged.length) damaged[index] = byte;
      const { model: found, findings } = read('a.zip', damaged);
      expect(found !== undefined || findings.some((finding) => finding.severity === 'error')).toBe(true);
    }),
    { seed: 4, numRuns: 300 },
  );
});
