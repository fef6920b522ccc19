import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { writeZip } from '@patchbay/definition';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Terminal } from '../terminal.ts';
import { loadWorkflow, openWorkflows } from './workflow-file.ts';

let folder = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'patchbay-flow-files-'));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function terminal(): Terminal {
  return {
    out: () => undefined,
    err: () => undefined,
    readStdin: async () => '',
    workingFolder: folder,
    configurationFolder: folder,
    environment: {},
    signal: new AbortController().signal,
  };
}

function write(name: string, content: string | Uint8Array): void {
  mkdirSync(dirname(join(folder, name)), { recursive: true });
  writeFileSync(join(folder, name), content);
}

const definition = { triggers: {}, actions: { A: { type: 'Compose', inputs: 1 } } };
const flow = JSON.stringify({ properties: { definition, connectionReferences: {} } }, null, 2);

it('reads a workflow with what its project says, wherever it is named from', async () => {
  write('project/Orders/workflow.json', JSON.stringify({ definition, kind: 'Stateless' }));
  write('project/parameters.json', '{"url": {"type": "String", "value": "@appsetting(\'host\')"}}');
  write('project/local.settings.json', '{"Values": {"host": "local"}}');
  write('project/node_modules/x/workflow.json', 'not read');
  const opened = await Promise.all([
    loadWorkflow(terminal(), 'project/Orders/workflow.json'),
    loadWorkflow(terminal(), 'project'),
    loadWorkflow({ ...terminal(), workingFolder: join(folder, 'project/Orders') }, 'workflow.json'),
  ]);
  expect(opened.map(({ file, findings }) => [file.displayName, file.dialect, file.parameters, findings])).toEqual(
    opened.map(() => ['Orders', 'standardStateless', { url: 'local' }, []]),
  );
});

it('takes the values of a template from the file beside it', async () => {
  const resource = { type: 'Microsoft.Logic/workflows', name: "[parameters('name')]", properties: { definition } };
  write('deploy.json', JSON.stringify({ parameters: { name: {} }, resources: [resource] }));
  const values = { $schema: 'https://x/deploymentParameters.json#', parameters: { name: { value: 'Given' } } };
  write('deploy.parameters.json', JSON.stringify(values));
  const { document } = await loadWorkflow(terminal(), 'deploy.json');
  expect(document.name).toBe('Given');
});

it('says where in a file of an archive something is, also where folders are told by backslashes', async () => {
  write('solution.zip', writeZip({ 'Workflows\\A-1.json': flow, 'readme.md': 'x' }));
  const { flows } = await openWorkflows(terminal(), 'solution.zip');
  expect(flows[0]?.locate({ code: 'c', message: 'm', pointer: '/actions/A' })).toEqual({
    code: 'c',
    severity: 'error',
    message: 'm',
    source: join('solution.zip', 'Workflows/A-1.json'),
    pointer: '/properties/definition/actions/A',
    line: 6,
    column: 9,
  });
});

it('refuses an archive with names that lead out of it', async () => {
  write('evil.zip', writeZip({ '../Workflows/A-1.json': flow }));
  const { flows, findings } = await openWorkflows(terminal(), 'evil.zip');
  expect([flows.length, findings.map(({ severity, message }) => `${severity} ${message}`)]).toEqual([
    0,
    ['error The zip archive cannot be read whole: the entry "../Workflows/A-1.json" leads out of it.'],
  ]);
});

it('gives a flow or says why not, however an archive is damaged', async () => {
  const xml = '<environmentvariabledefinition schemaname="a"><type>1</type></environmentvariabledefinition>';
  const bytes = writeZip({ 'Workflows/A-1.json': flow, 'e/environmentvariabledefinition.xml': xml });
  const damage = fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.nat(255)), { maxLength: 6 });
  await fc.assert(
    fc.asyncProperty(damage, fc.nat(bytes.length), async (changes, length) => {
      const damaged = bytes.slice(0, Math.max(length, 4));
      for (const [index, byte] of changes) if (index > 3 && index < damaged.length) damaged[index] = byte;
      write('damaged.zip', damaged);
      const { flows, findings } = await openWorkflows(terminal(), 'damaged.zip');
      expect(flows.length > 0 || findings.some(({ severity }) => severity === 'error')).toBe(true);
    }),
    { seed: 5, numRuns: 300 },
  );
});
