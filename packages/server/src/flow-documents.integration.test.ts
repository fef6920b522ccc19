import type { JsonObject } from '@patchbay/definition';
import { readZip, writeZip } from '@patchbay/definition';
import { type FlowDocument, type FlowForm, fileText, flowForms, writeFlow } from '@patchbay/workflow';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { flows, startThingsPlatform, type ThingsPlatform } from './test-platform/start-things-platform.ts';
import { answerJson } from './test-platform/upstream.ts';

let server: ThingsPlatform;
beforeAll(async () => {
  server = await startThingsPlatform((_, response) => answerJson(response, 200, {}), {});
});
afterAll(() => server.stop());

const definition: JsonObject = {
  contentVersion: '1.0.0.0',
  parameters: { word: { type: 'String' }, $authentication: { type: 'SecureObject', defaultValue: {} } },
  triggers: { manual: { type: 'Request', kind: 'Button' } },
  actions: { Say: { type: 'Compose', inputs: "@concat(parameters('word'), '[x]')" } },
};

const flow: FlowDocument = {
  name: 'Greeter',
  dialect: 'powerAutomate',
  definition,
  parameters: { word: 'hello' },
  connections: {
    things: {
      kind: 'managedApi',
      api: 'shared_things',
      connection: 'c-1',
      source: 'invoker',
      logicalName: 'new_c',
      further: {},
    },
  },
  environmentVariables: [],
  appSettings: {},
  place: { file: '', pointer: '' },
};

type Read = { readonly flows: readonly JsonObject[]; readonly findings: readonly { readonly message: string }[] };
type Exported = {
  readonly fileName: string;
  readonly file: { readonly $content: string };
  readonly findings: readonly { readonly message: string }[];
};

/** A document of a form as somebody sends it: an archive, where it has several files. */
function documentOf(form: FlowForm): unknown {
  const { files } = writeFlow(flow, form);
  const [only, ...others] = files;
  if (only !== undefined && others.length === 0) return fileText(only);
  const bytes = writeZip(Object.fromEntries(files.map((file) => [file.name, fileText(file)])));
  return { '$content-type': 'application/zip', $content: Buffer.from(bytes).toString('base64') };
}

async function read(document: unknown): Promise<Read> {
  return (await server.call('POST', '/api/flows/read', { document, fileName: 'flow.json' })).body as Read;
}

async function deploy(properties: JsonObject): Promise<string> {
  const { status, body } = await server.call('POST', flows, { properties });
  expect(status).toBe(201);
  return (body as { readonly name: string }).name;
}

async function exported(id: string, form: string): Promise<Exported> {
  return (await server.call('GET', `/api/flows/${id}/export?form=${form}`)).body as Exported;
}

it.each(flowForms.filter((form) => form !== 'definition'))('deploys and runs a flow that comes as %s', async (form) => {
  const { flows: found, findings } = await read(documentOf(form));
  expect([found.length, findings]).toEqual([1, []]);
  const id = await deploy(found[0] ?? {});
  const run = await server.run(id, {});
  expect(await server.history(id, run)).toMatchObject({ status: 'Succeeded' });
  const again = await exported(id, form);
  const content = Buffer.from(again.file.$content, 'base64');
  const back = await read(again.fileName.endsWith('.zip') ? again.file : content.toString('utf8'));
  expect(back).toEqual({ flows: found, findings: [] });
});

it('gives an archive whose files are those of the form', async () => {
  const id = await deploy((await read(documentOf('solution'))).flows[0] ?? {});
  const { fileName, file } = await exported(id, 'solution');
  const { files } = readZip(Buffer.from(file.$content, 'base64'), () => true);
  expect([fileName, files.map(({ name }) => name.replace(/-[0-9A-F-]{36}/, '-ID'))]).toEqual([
    'Greeter.zip',
    ['[Content_Types].xml', 'solution.xml', 'customizations.xml', 'Workflows/Greeter-ID.json'],
  ]);
});

it('never gives values of secure parameters back, and keeps them through a change', async () => {
  const secured = { ...definition, parameters: { word: { type: 'String' }, key: { type: 'SecureString' } } };
  const id = await deploy({ displayName: 'Secret', definition: secured, parameters: { word: 'a', key: 'top' } });
  const shown = await server.call('GET', `${flows}/${id}`);
  expect((shown.body as { readonly properties: JsonObject }).properties['parameters']).toEqual({ word: 'a' });
  await server.call('PATCH', `${flows}/${id}`, { properties: { parameters: { word: { value: 'b' } } } });
  const kept = await server.services.flows.get(id);
  expect(JSON.parse(kept.revision.parameters)).toEqual({ word: 'b', key: 'top' });
  const { file, findings } = await exported(id, 'template');
  expect([
    Buffer.from(file.$content, 'base64').toString('utf8').includes('top'),
    findings.map(({ message }) => message),
  ]).toEqual([false, ['The value of the secure parameter "key" is left out. Give it where the flow goes.']]);
});

it('says what is wrong with a document, and where', async () => {
  const found = await read('{\n  "some": "thing",\n}');
  expect(found).toMatchObject({
    flows: [],
    findings: [
      { code: 'json-trailing-comma', source: 'flow.json', line: 3 },
      { code: 'definition-missing', source: 'flow.json', line: 1, column: 1 },
    ],
  });
});

it('refuses a form that there is not, and a flow that there is not', async () => {
  const [form, none] = await Promise.all([
    server.call('GET', '/api/flows/x/export?form=cloud'),
    server.call('GET', '/api/flows/x/export'),
  ]);
  expect([form.status, none.status]).toEqual([400, 404]);
});
