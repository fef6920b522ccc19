import { execFile, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { readConnector } from '@patchbay/definition';
import { createEgress } from '@patchbay/egress';
import { expect, it, onTestFinished } from 'vitest';
import { compile } from '../compile.ts';
import type { CallOptions, Connector } from '../contract.ts';

const services = join(import.meta.dirname, 'test-services');
const isMissing = !['/usr/bin/soapcpp2', '/usr/include/stdsoap2.h', '/usr/bin/g++'].every((program) =>
  existsSync(program),
);
const run = promisify(execFile);

/** The two ways in which the library's service is made of its header. */
const styles = {
  'document/literal over SOAP 1.2': {
    style: 'document',
    encoding: 'literal',
    form: 'qualified',
    books: 'ns__Books',
    members: 'std::vector<ns__Book> book 0;',
    version: '-2',
  },
  'rpc/encoded over SOAP 1.1': {
    style: 'rpc',
    encoding: 'encoded',
    form: 'unqualified',
    books: 'ArrayOfBook',
    members: 'ns__Book *__ptr; int __size; int __offset;',
    version: '-1',
  },
} as const;

/** Has gSOAP make a service and its WSDL of the header, builds and starts it. */
async function startService(
  name: keyof typeof styles,
): Promise<{ readonly connector: Connector; readonly call: CallOptions }> {
  const { style, encoding, form, books, members, version } = styles[name];
  const folder = mkdtempSync(join(tmpdir(), 'patchbay-gsoap-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const header = readFileSync(join(services, 'library.h'), 'utf8')
    .replace('STYLE', style)
    .replace('ENCODING', encoding)
    .replace('FORM', form)
    .replace('MEMBERS', members)
    .replaceAll('BOOKS', books);
  writeFileSync(join(folder, 'library.h'), header);
  await run('soapcpp2', [version, '-S', '-x', 'library.h'], { cwd: folder });
  const source = join(services, 'library.cpp');
  const build = ['-O0', `-DBOOKS=${books}`, '-I.', '-o', 'library', source, 'soapC.cpp', 'soapServer.cpp', '-lgsoap++'];
  await run('g++', build, { cwd: folder });
  const service = spawn(join(folder, 'library'), { stdio: ['ignore', 'pipe', 'ignore'] });
  onTestFinished(() => void service.kill());
  const port = await new Promise<string>((resolve) => createInterface(service.stdout).once('line', resolve));
  const wsdl = { name: 'library.wsdl', content: readFileSync(join(folder, 'library.wsdl')) };
  const { model } = readConnector({ definition: wsdl });
  if (model === undefined) throw new Error('not read');
  const egress = createEgress();
  onTestFinished(() => egress.close());
  return {
    connector: compile(model, { baseUrl: `http://127.0.0.1:${port}/library` }),
    call: { credential: { kind: 'none' }, egress, networkRules: { allow: ['loopback'] } },
  };
}

const known = [
  {
    title: 'Notes & <Sketches>',
    price: 12.5,
    lent: true,
    due: '2026-03-01T10:00:00Z',
    author: { name: 'Ada Lovelace', born: 1815 },
    cover: Buffer.from([0, 1, 2, 250]).toString('base64'),
  },
  { title: 'Über', price: 0.1, lent: false, due: '1999-12-31T23:59:59Z', author: { name: 'Nobody', born: null } },
];

it.skipIf(isMissing).each(Object.keys(styles) as (keyof typeof styles)[])(
  'calls a service of gSOAP’s, %s, and reads its faults (needs gsoap, libgsoap-dev and g++)',
  async (name) => {
    const { connector, call } = await startService(name);
    const isEncoded = name.startsWith('rpc');
    const operation = connector.operation('find');
    const given = isEncoded ? known : { book: known };
    const body = { query: 'all', known: given, '#headers': { reader: 'Grace' } };
    const found = await operation.call({ body }, call);
    expect({ statusCode: found.statusCode, body: found.body }).toEqual({
      statusCode: 200,
      body: { books: given, reader: 'Grace' },
    });
    const fault = await operation.call({ body: { ...body, query: 'NONE' } }, call);
    expect(fault.body).toMatchObject({
      error: { message: 'Nobody reaches that shelf', detail: { OutOfReach: { title: 'NONE', shelf: 9 } } },
    });
    expect({ statusCode: fault.statusCode, code: (fault.body as { error: { code: string } }).error.code }).toEqual({
      statusCode: isEncoded ? 500 : 400,
      code: isEncoded ? 'Client' : 'Sender',
    });
  },
  120_000,
);
