import { cp, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type LibraryLoans, startLibraryLoans } from '@patchbay/example-library-loans';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { startApiProvider } from '../../packages/server/src/test-platform/api-provider.ts';
import { membersDefinition, membersProperties } from '../../packages/server/src/test-platform/members.ts';
import { confirmCode } from '../../packages/server/src/test-platform/members-platform.ts';
import { freePort, type ServerProcess, startServerProcess } from '../platform/server-process.ts';
import { signInWithLink } from '../platform/signed-in-client.ts';
import { type CommandPlace, type CommandResult, runCommand, startCommand } from './command-process.ts';
import { confirmDevice } from './confirm-device.ts';

const root = join(import.meta.dirname, '../..');
const apiKey = 'library-key';
const context: { server?: ServerProcess; library?: LibraryLoans; place?: CommandPlace } = {};
/** Names that a test learns and later ones use. */
const names = { connector: '', connection: '' };

/** A flow as it is kept in git: it says neither which connection it takes nor what its parameter is. */
const countLoans = {
  definition: {
    $schema:
      'https://schema.management.azure.com/providers/Microsoft.Logic/schemas/2016-06-01/workflowdefinition.json#',
    contentVersion: '1.0.0.0',
    parameters: { $connections: { type: 'Object', defaultValue: {} }, note: { type: 'String' } },
    triggers: { manual: { type: 'Request', kind: 'Http', inputs: {} } },
    actions: {
      List: {
        type: 'ApiConnection',
        inputs: {
          host: { connection: { name: "@parameters('$connections')['library']['connectionId']" } },
          method: 'get',
          path: '/loans',
        },
      },
      Response: {
        type: 'Response',
        runAfter: { List: ['Succeeded'] },
        inputs: { statusCode: 200, body: { note: "@parameters('note')" } },
      },
    },
  },
};

/** Each test goes on where the one before it stopped. */
function journey() {
  const { server, library, place } = context;
  if (server === undefined || library === undefined || place === undefined)
    throw new Error('the journey has not begun');
  /** Runs a command; addresses and names that differ from run to run are replaced by what they are. */
  const run = async (words: readonly string[], input?: string): Promise<CommandResult> =>
    readable(await runCommand(place, words, input));
  return { server, library, place, run };
}

function readable({ stdout, stderr, exitCode }: CommandResult): CommandResult {
  const { server, library } = context;
  const known: readonly (readonly [string, string])[] = [
    [server?.origin ?? '', 'SERVER'],
    [library?.origin ?? '', 'API'],
    [names.connector, 'CONNECTOR'],
    [names.connection, 'CONNECTION'],
  ];
  const replace = (text: string): string =>
    known
      .reduce((before, [value, name]) => (value === '' ? before : before.replaceAll(value, name)), text)
      .replace(/\d+ ms/g, 'N ms');
  return { stdout: replace(stdout), stderr: replace(stderr), exitCode };
}

/** The words of a line as a shell splits it: single quotes keep everything, double quotes are taken off. */
function wordsOf(line: string): readonly string[] {
  return [...line.matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g)].map(
    ([, single, double, bare]) => single ?? double ?? bare ?? '',
  );
}

beforeAll(async () => {
  const server = await startServerProcess();
  const library = await startLibraryLoans({ apiKey });
  const folder = await mkdtemp(join(tmpdir(), 'patchbay-cli-'));
  const sample = join(folder, 'examples/library-loans');
  await cp(join(root, 'examples/library-loans'), sample, {
    recursive: true,
    filter: (path) => !path.includes('node_modules'),
  });
  await writeFile(join(sample, 'apiDefinition.swagger.json'), JSON.stringify(library.description()));
  // As published ones often are: with a byte-order mark and a comment.
  const properties = join(sample, 'apiProperties.json');
  await writeFile(properties, `\uFEFF// what a connection needs\n${await readFile(properties, 'utf8')}`);
  Object.assign(context, { server, library, place: { folder, server: server.origin } });
});

afterAll(async () => {
  await context.library?.close();
  await context.server?.dispose();
  if (context.place !== undefined) await rm(context.place.folder, { recursive: true, force: true });
});

it('asks to sign in first', async () => {
  const { run } = journey();
  const refused = {
    stdout: '',
    stderr: 'Not signed in to SERVER. Run `patchbay login --server SERVER`.\n',
    exitCode: 2,
  };
  expect(await run(['whoami'])).toEqual(refused);
  expect(await run(['connector', 'create', 'examples/library-loans'])).toEqual(refused);
  expect(await run(['connector', 'list', '--format', 'json'])).toEqual(refused);
  expect(await run(['connection', 'list'])).toEqual(refused);
  expect(await run(['connection', 'create', '--connector', 'x'])).toEqual(refused);
  expect(await run(['connection', 'test', 'x'])).toEqual(refused);
  expect(await run(['logout'])).toEqual({ stdout: 'Nobody was signed in.\n', stderr: '', exitCode: 0 });
});

it('says when nothing listens, or something else does', async () => {
  const { run, library } = journey();
  const nobody = `http://127.0.0.1:${await freePort()}`;
  expect(await run(['login', '--server', nobody])).toEqual({
    stdout: '',
    stderr: `${nobody} is not a Patchbay that can be reached: ${nobody.slice(7)} refused the connection: nothing listens there.\n`,
    exitCode: 3,
  });
  expect(await run(['login', '--server', library.origin])).toMatchObject({
    stderr: 'API is not a Patchbay that can be reached: the answer names no issuer\n',
    exitCode: 3,
  });
});

it('signs in by a code that a browser confirms, and keeps the session to its user', async () => {
  const { server, place } = journey();
  const login = startCommand(place, ['login', '--format', 'json']);
  const said = await login.said(/Waiting/);
  const address = /https?:\S+device\S+/.exec(said)?.[0] ?? '';
  const code = /the code (\S+)\./.exec(said)?.[1] ?? '';
  const page = await confirmDevice(await signInWithLink(server.signInLink()), address);
  expect(page).toContain('You are signed in');
  const { stdout, stderr, exitCode } = readable(await login.finished);
  expect({ stderr: stderr.replaceAll(code, 'CODE'), exitCode }).toEqual({
    stderr:
      'To sign in, open\n\n  SERVER/oidc/device?user_code=CODE\n\nand confirm that it shows the code CODE. Waiting …\n',
    exitCode: 0,
  });
  expect(JSON.parse(stdout)).toMatchObject({ server: 'SERVER', account: { email: 'admin@localhost' } });
  expect((await stat(join(place.folder, 'configuration/patchbay/session.json'))).mode & 0o777).toBe(0o600);
});

it('says who is signed in', async () => {
  const { run } = journey();
  expect(await run(['whoami'])).toEqual({
    stdout: 'Administrator <admin@localhost>, administrator, at SERVER\n',
    stderr: '',
    exitCode: 0,
  });
  const { stdout } = await run(['whoami', '--format', 'json']);
  expect(JSON.parse(stdout)).toMatchObject({ server: 'SERVER', account: { role: 'administrator' } });
});

it('puts a connector on the server', async () => {
  const { run } = journey();
  const created = await run(['connector', 'create', 'examples/library-loans', '--format', 'json']);
  expect(created).toMatchObject({ stderr: '', exitCode: 0 });
  names.connector = (JSON.parse(created.stdout) as { readonly name: string }).name;
  expect(JSON.parse(created.stdout)).toEqual({
    name: names.connector,
    displayName: 'Library loans',
    findings: expect.any(Array),
    losses: [],
  });
  expect(await run(['connector', 'create', 'nothing-here'])).toEqual({
    stdout: '',
    stderr: 'nothing-here does not exist.\n',
    exitCode: 2,
  });
  expect(await run(['connector', 'create', 'examples/library-loans', '--environment', 'moon'])).toEqual({
    stdout: '',
    stderr: 'SERVER answered 404: There is no environment "moon".\n',
    exitCode: 3,
  });
});

it('lists connectors', async () => {
  const { run } = journey();
  const { stdout, exitCode } = await run(['connector', 'list', '--format', 'json']);
  expect(exitCode).toBe(0);
  expect(JSON.parse(stdout)).toContainEqual({
    name: 'CONNECTOR',
    displayName: 'Library loans',
    changedTime: expect.any(String),
  });
  expect((await run(['connector', 'list'])).stdout).toMatch(
    /^NAME +DISPLAY NAME +CHANGED\n(.*\n)*CONNECTOR +Library loans/,
  );
});

it('makes a connection, with its secret from standard input', async () => {
  const { run } = journey();
  const words = ['connection', 'create', '--connector', names.connector, '--name', 'Mine', '--format', 'json'];
  const created = await run([...words, '--parameters', '@-'], JSON.stringify({ api_key: apiKey }));
  expect(created).toMatchObject({ stderr: '', exitCode: 0 });
  names.connection = (JSON.parse(created.stdout) as { readonly name: string }).name;
  expect(JSON.parse(created.stdout)).toEqual({
    name: names.connection,
    displayName: 'Mine',
    connector: 'CONNECTOR',
    status: 'Connected',
  });
});

it('says what a connection lacks, and what does not exist', async () => {
  const { run } = journey();
  const lacking = await run(['connection', 'create', '--connector', names.connector]);
  expect({ ...lacking, stdout: lacking.stdout.replace(/[0-9a-f]{32}/, 'NAME') }).toEqual({
    stdout: 'Library loans is NAME\n',
    stderr: 'It is not connected: The connection holds no API key. Give it as "api_key".\n',
    exitCode: 1,
  });
  expect(await run(['connection', 'create', '--connector', 'nope'])).toEqual({
    stdout: '',
    stderr: 'SERVER has no connector "nope". `patchbay connector list` lists them.\n',
    exitCode: 3,
  });
});

it('lists connections without their secrets', async () => {
  const { run } = journey();
  const { stdout, exitCode } = await run(['connection', 'list', '--format', 'json']);
  expect(exitCode).toBe(0);
  expect(stdout).not.toContain(apiKey);
  expect(JSON.parse(stdout)).toContainEqual({
    name: 'CONNECTION',
    displayName: 'Mine',
    connector: 'CONNECTOR',
    status: 'Connected',
  });
  expect((await run(['connection', 'list'])).stdout).toMatch(/CONNECTION +Mine +CONNECTOR +Connected\n/);
});

it('tests a connection', async () => {
  const { run } = journey();
  expect(await run(['connection', 'test', names.connection])).toEqual({
    stdout: 'GET API/books\n200, N ms\n',
    stderr: '',
    exitCode: 0,
  });
  const chosen = ['connection', 'test', names.connection, '--operation', 'GetBook', '--format', 'json'];
  const found = await run([...chosen, '--parameters', '{"bookId": "B001"}']);
  expect(found.exitCode).toBe(0);
  expect(found.stdout).not.toContain(apiKey);
  expect(JSON.parse(found.stdout)).toMatchObject({
    ok: true,
    request: { method: 'GET', url: 'API/books/B001' },
    response: { statusCode: 200, body: { title: 'Middlemarch' } },
  });
  expect(await run([...chosen, '--parameters', '{"bookId": "B999"}'])).toMatchObject({ exitCode: 3 });
  expect(await run(['connection', 'test', 'nope'])).toEqual({
    stdout: '',
    stderr: 'SERVER has no connection "nope". `patchbay connection list` lists them.\n',
    exitCode: 3,
  });
});

it('downloads a connector as it was put there, and puts a changed one in its place', async () => {
  const { run, place } = journey();
  const sample = join(place.folder, 'examples/library-loans');
  const download = ['connector', 'download', names.connector, '--out', 'mine'];
  expect(await run(download)).toEqual({
    stdout: 'Library loans is written to mine/apiDefinition.swagger.json and mine/apiProperties.json\n',
    stderr: '',
    exitCode: 0,
  });
  const definition = await readFile(join(place.folder, 'mine/apiDefinition.swagger.json'), 'utf8');
  expect(definition).toBe(await readFile(join(sample, 'apiDefinition.swagger.json'), 'utf8'));
  const properties = JSON.parse(await readFile(join(place.folder, 'mine/apiProperties.json'), 'utf8')) as {
    readonly properties: object;
  };
  expect(properties).toMatchObject({ properties: { connectionParameters: { api_key: { type: 'securestring' } } } });
  expect(Object.keys(properties.properties)).not.toContain('backendService');
  expect(await run(download)).toEqual({
    stdout: '',
    stderr: 'mine holds a connector. Give another folder, or --replace to write over it.\n',
    exitCode: 2,
  });
  const changed = { ...(JSON.parse(definition) as { readonly info: object }) };
  const info = { ...changed.info, title: 'Changed', description: 'Lends other books.' };
  await writeFile(join(place.folder, 'mine/apiDefinition.swagger.json'), JSON.stringify({ ...changed, info }));
  const update = ['connector', 'update', 'mine', '--name', 'Library loans'];
  expect(await run(update)).toEqual({
    stdout: '',
    stderr: 'SERVER has no connector "Changed". `patchbay connector list` lists them.\n',
    exitCode: 3,
  });
  const updated = await run([...update, '--connector', names.connector, '--format', 'json']);
  expect({ ...updated, stdout: JSON.parse(updated.stdout) as unknown }).toEqual({
    stdout: { name: 'CONNECTOR', displayName: 'Library loans', findings: expect.any(Array) },
    stderr: '',
    exitCode: 0,
  });
  await run([...download, '--replace']);
  const again = await readFile(join(place.folder, 'mine/apiDefinition.swagger.json'), 'utf8');
  expect(JSON.parse(again)).toMatchObject({ info });
  // Its connections go on working.
  expect(await run(['connection', 'test', names.connection])).toMatchObject({ exitCode: 0 });
});

it('deletes a connection', async () => {
  const { run } = journey();
  const words = ['connection', 'create', '--connector', names.connector, '--name', 'Short-lived', '--parameters', '@-'];
  expect(await run(words, JSON.stringify({ api_key: apiKey }))).toMatchObject({ exitCode: 0 });
  const deleted = await run(['connection', 'delete', 'Short-lived']);
  expect({ ...deleted, stdout: deleted.stdout.replace(/[0-9a-f]{32}/, 'NAME') }).toEqual({
    stdout: 'Short-lived (NAME) is deleted\n',
    stderr: '',
    exitCode: 0,
  });
  expect(await run(['connection', 'delete', 'Short-lived'])).toEqual({
    stdout: '',
    stderr: 'SERVER has no connection "Short-lived". `patchbay connection list` lists them.\n',
    exitCode: 3,
  });
});

it('signs in at the API for a connection, by a code that a browser confirms there', async () => {
  const { run, place } = journey();
  const provider = await startApiProvider();
  onTestFinished(provider.stop);
  const { clientId, clientSecret } = await provider.register({
    grant_types: ['urn:ietf:params:oauth:grant-type:device_code', 'refresh_token'],
    redirect_uris: [],
    response_types: [],
    application_type: 'native',
    token_endpoint_auth_method: 'client_secret_post',
  });
  const folder = join(place.folder, 'members');
  await mkdir(folder);
  const properties = membersProperties(provider, {
    clientId,
    clientSecret,
    customParameters: {
      tokenUrl: { value: `${provider.origin}/token` },
      deviceAuthorizationUrl: { value: `${provider.origin}/device/auth` },
      grantType: { value: 'device_code' },
    },
  });
  await writeFile(join(folder, 'apiDefinition.swagger.json'), JSON.stringify(membersDefinition(provider)));
  await writeFile(join(folder, 'apiProperties.json'), JSON.stringify({ properties }));
  expect(await run(['connector', 'create', 'members'])).toMatchObject({ exitCode: 0 });
  const created = await run(['connection', 'create', '--connector', 'Members', '--format', 'json']);
  const { name } = JSON.parse(created.stdout) as { readonly name: string };
  expect(created).toMatchObject({
    stderr: `It is not connected: This connection is not authenticated. Sign in.\nRun \`patchbay connection sign-in ${name}\`.\n`,
    exitCode: 1,
  });
  const signIn = startCommand(place, ['connection', 'sign-in', name]);
  const address = /http\S+/.exec(await signIn.said(/Waiting/))?.[0] ?? '';
  await confirmCode(address, 'cli-at-the-api');
  expect(await signIn.finished).toMatchObject({ stdout: `${name} is connected\n`, exitCode: 0 });
  const tested = await run(['connection', 'test', name, '--format', 'json']);
  expect(JSON.parse(tested.stdout)).toMatchObject({
    ok: true,
    response: { statusCode: 200, body: { account: 'cli-at-the-api' } },
  });
  expect(tested.stdout).not.toContain(clientSecret);
});

it('chooses an environment, and sees to its variables', async () => {
  const { run } = journey();
  const listed = await run(['environment', 'list', '--format', 'json']);
  const environments = JSON.parse(listed.stdout) as readonly { readonly name: string }[];
  expect(environments).toEqual([
    { name: expect.any(String), displayName: expect.any(String), isDefault: true, isUsed: true },
  ]);
  const [{ name } = { name: '' }] = environments;
  const place = (result: CommandResult): CommandResult => ({
    ...result,
    stdout: result.stdout.replaceAll(name, 'ENVIRONMENT'),
  });
  expect(place(await run(['environment', 'use', name]))).toMatchObject({
    stdout: expect.stringMatching(/ \(ENVIRONMENT\) is in use\n$/),
    exitCode: 0,
  });
  expect(await run(['environment', 'use', 'moon'])).toEqual({
    stdout: '',
    stderr: 'SERVER has no environment "moon". `patchbay environment list` lists them.\n',
    exitCode: 3,
  });
  expect(await run(['environment', 'set-variable', 'region', '--value', 'eu'])).toMatchObject({ exitCode: 0 });
  const secret = ['environment', 'set-variable', 'key', '--secret', '--value', '@-'];
  expect(await run(secret, 'open sesame\n')).toMatchObject({ exitCode: 0 });
  expect(await run(['environment', 'variables'])).toEqual({
    stdout: 'NAME    VALUE\nkey     (secret)\nregion  eu\n',
    stderr: '',
    exitCode: 0,
  });
  const shown = await run(['environment', 'show']);
  expect(place(shown).stdout.split('\n')).toMatchInlineSnapshot(`
    [
      "Development (ENVIRONMENT), the default one",
      "may reach: public addresses, loopback",
      "timeoutMs: 120000",
      "requestsPerMinute: 500",
      "concurrentRequests: 0",
      "maxWaitMs: 120000",
      "retryBudgetPercent: 20",
      "runs are kept: 90 days, as many as come",
      "variables: key, region",
      "",
    ]
  `);
  expect(await run(['environment', 'delete-variable', 'key'])).toMatchObject({ exitCode: 0 });
  expect(await run(['environment', 'delete-variable', 'key'])).toEqual({
    stdout: '',
    stderr: 'SERVER answered 404: The environment has no variable "key".\n',
    exitCode: 3,
  });
  expect(await run(['environment', 'variables', '--format', 'json'])).toMatchObject({
    stdout: expect.stringContaining('"value": "eu"'),
  });
  // An environment that is named wins over the one in use.
  expect(await run(['connector', 'list', '--environment', 'moon'])).toMatchObject({ exitCode: 3 });
  expect(await run(['environment', 'use', '~default'])).toMatchObject({ exitCode: 0 });
});

it('runs a flow here with a connection of the server', async () => {
  const { run, place } = journey();
  const host = { connectionName: 'library' };
  const flow = {
    triggers: { manual: { type: 'Request' } },
    actions: {
      Book: {
        type: 'OpenApiConnection',
        inputs: { host: { ...host, operationId: 'GetBook' }, parameters: { bookId: 'B001' } },
      },
      Raw: {
        type: 'ApiConnection',
        inputs: { host: { connection: { referenceName: 'library' } }, method: 'get', path: '/books/B002' },
        runAfter: { Book: ['Succeeded'] },
      },
      Response: {
        type: 'Response',
        inputs: { statusCode: 200, body: "@concat(body('Book')?['title'], ' and ', body('Raw')?['title'])" },
        runAfter: { Raw: ['Succeeded'] },
      },
    },
  };
  await writeFile(join(place.folder, 'flow.json'), JSON.stringify(flow));
  const connections = JSON.stringify({ library: { connection: names.connection } });
  expect(await run(['workflow', 'run', 'flow.json', '--connections', connections])).toEqual({
    stdout: 'Succeeded  Book\nSucceeded  Raw\nSucceeded  Response\nSucceeded\n200 "Middlemarch and The Leopard"\n',
    stderr: '',
    exitCode: 0,
  });
  expect(await run(['workflow', 'run', 'flow.json', '--connections', '{"library": {"connection": "nope"}}'])).toEqual({
    stdout: '',
    stderr: 'SERVER has no connection "nope". `patchbay connection list` lists them.\n',
    exitCode: 3,
  });
});

it('lists the runs of a flow, repeats one as a whole and from an action on, and stops one', async () => {
  const { run } = journey();
  const flows = JSON.parse((await run(['flow', 'list', '--format', 'json'])).stdout) as readonly {
    readonly displayName: string;
  }[];
  const flow = flows[0]?.displayName ?? '';
  const listed = async (): Promise<readonly { readonly name: string; readonly repeats?: string }[]> =>
    JSON.parse((await run(['flow', 'runs', flow, '--format', 'json'])).stdout);
  const [first] = await listed();
  const again = await run(['flow', 'resubmit', flow, first?.name ?? '', '--format', 'json']);
  const whole = JSON.parse(again.stdout) as { readonly run: string };
  const named = (text: string): string =>
    text
      .replaceAll(first?.name ?? '', 'FIRST')
      .replaceAll(whole.run, 'WHOLE')
      .replaceAll(/\b0\d{19}\S*/g, 'RUN');
  const part = await run(['flow', 'resubmit', flow, first?.name ?? '', '--from', 'List_open_loans']);
  expect({ ...part, stdout: named(part.stdout) }).toEqual({
    stdout: 'RUN repeats FIRST from List_open_loans on\n',
    stderr: '',
    exitCode: 0,
  });
  expect((await listed()).map(({ repeats }) => repeats)).toEqual([first?.name, first?.name, undefined]);
  const refused = await run(['flow', 'resubmit', flow, first?.name ?? '', '--from', 'Nothing']);
  expect({ ...refused, stderr: named(refused.stderr) }).toEqual({
    stdout: '',
    stderr: 'SERVER answered 404: Run FIRST has no action "Nothing" that ran, so that it could be done again.\n',
    exitCode: 3,
  });
  const stopped = await run(['flow', 'cancel', flow, whole.run]);
  expect({ ...stopped, stdout: named(stopped.stdout) }).toEqual({
    stdout: 'WHOLE is told to stop\n',
    stderr: '',
    exitCode: 0,
  });
});

it('deploys a flow twice, stops it, looks at its run, takes it home and deletes it', async () => {
  const { run, place } = journey();
  const json = async (...words: readonly string[]): Promise<unknown> =>
    JSON.parse((await run([...words, '--format', 'json'])).stdout);
  await writeFile(join(place.folder, 'reminders.json'), JSON.stringify(countLoans));
  const deploy = ['flow', 'deploy', 'reminders.json', '--name', 'Counts loans'];
  const bound = ['--connections', `{"library": {"connection": "${names.connection}"}}`];
  const first = await json(...deploy, ...bound, '--parameters', '{"note": "two"}');
  const { name } = first as { readonly name: string };
  expect(first).toEqual({ name, displayName: 'Counts loans', revision: 1, state: 'Started', findings: [] });
  // Deployed again as it is in git, it keeps what it is bound to, and there is nothing new to run.
  expect(await run(deploy)).toEqual({
    stdout: `Counts loans is ${name}, revision 1, started\n`,
    stderr: '',
    exitCode: 0,
  });
  const shown = (await json('flow', 'show', name)) as {
    readonly triggers: readonly { readonly callbackUrl: string }[];
  };
  const address = shown.triggers[0]?.callbackUrl.replace('SERVER', context.server?.origin ?? '') ?? '';
  expect(await (await fetch(address, { method: 'POST' })).json()).toEqual({ note: 'two' });
  const [ended] = (await json('flow', 'runs', name)) as readonly { readonly name: string }[];
  expect(await json('flow', 'show-run', name, ended?.name ?? '')).toMatchObject({
    name: ended?.name,
    flow: name,
    status: 'Succeeded',
    actions: [
      { name: 'List', status: 'Succeeded', code: 'OK' },
      { name: 'Response', status: 'Succeeded', code: 'OK' },
    ],
  });
  const taken = await run(['flow', 'download', name, '--out', 'taken.json']);
  expect(taken).toEqual({ stdout: 'Counts loans is written to taken.json\n', stderr: '', exitCode: 0 });
  const { definition, parameters } = JSON.parse(await readFile(join(place.folder, 'taken.json'), 'utf8')) as {
    readonly definition: object;
    readonly parameters: object;
  };
  expect({ definition, parameters }).toEqual({
    definition: countLoans.definition,
    parameters: { note: { value: 'two' } },
  });
  expect((await run(['flow', 'stop', name])).stdout).toBe(`Counts loans (${name}) is stopped\n`);
  expect((await fetch(address, { method: 'POST' })).status).toBe(409);
  expect((await run(['flow', 'start', name])).stdout).toBe(`Counts loans (${name}) is started\n`);
  expect((await run(['flow', 'delete', name])).stdout).toBe(`Counts loans (${name}) is deleted\n`);
  expect(await run(['flow', 'show', name])).toMatchObject({
    stderr: `SERVER has no flow "${name}". \`patchbay flow list\` lists them.\n`,
    exitCode: 3,
  });
});

it('keeps the artifacts of a folder in an environment', async () => {
  const { run, place } = journey();
  await mkdir(join(place.folder, 'Artifacts/Maps'), { recursive: true });
  await writeFile(join(place.folder, 'Artifacts/Maps/greeting.liquid'), 'Hello {{ name }}');
  expect(await run(['environment', 'set-artifacts', '.'])).toEqual({
    stdout: 'map greeting.liquid is set in Development\n',
    stderr: '',
    exitCode: 0,
  });
  const listed = JSON.parse((await run(['environment', 'artifacts', '--format', 'json'])).stdout) as object[];
  expect(listed).toEqual([
    { kind: 'map', name: 'greeting.liquid', contentType: 'text/plain', changedAt: expect.any(String) },
  ]);
  expect(await run(['environment', 'delete-artifact', 'greeting.liquid', '--kind', 'map'])).toEqual({
    stdout: 'map greeting.liquid is removed from Development\n',
    stderr: '',
    exitCode: 0,
  });
  expect((await run(['environment', 'delete-artifact', 'greeting.liquid', '--kind', 'map'])).exitCode).toBe(3);
});

it('does the main job as the README prints it', async () => {
  const { run } = journey();
  const readme = await readFile(join(root, 'README.md'), 'utf8');
  const [, section = ''] = readme.split('## The main job');
  const lines = [...section.matchAll(/^ {4}npx patchbay (.*)$/gm)].map(([, line = '']) => line);
  expect(lines[0]).toBe('login');
  const results: CommandResult[] = [];
  for (const line of lines.slice(1)) results.push(await run(wordsOf(line)));
  expect(results.map(({ stderr, exitCode }) => ({ stderr, exitCode }))).toEqual(
    Array.from({ length: 5 }, () => ({ stderr: '', exitCode: 0 })),
  );
  expect(
    results.map(({ stdout }) =>
      stdout.replace(/shared_\S+|[0-9a-f]{32}|[0-9a-f-]{36}/, 'NAME').replace(/\d{4}-\d\d-\d\d/g, 'DATE'),
    ),
  ).toMatchInlineSnapshot(`
    [
      "My library is NAME
    ",
      "mine is NAME
    ",
      "GET API/books
    200, N ms
    ",
      "Succeeded  Today
    Succeeded  List_open_loans
    Succeeded  Overdue
    Succeeded  Initialize_sent
    Succeeded  For_each_overdue_loan
    Succeeded  Any_overdue
    Succeeded  Response
    Succeeded  Get_book (3 times)
    Succeeded  Send_reminder (3 times)
    Succeeded  Note_reminder (3 times)
    Succeeded  Summary
    Skipped    Nothing_due
               ActionBranchingConditionNotSatisfied: The execution of template action 'Nothing_due' is skipped: the branching condition for this action is not satisfied.
    Succeeded
    200 {
      "summary": "3 reminders sent on DATE",
      "reminders": [
        {
          "loan": "L0001",
          "book": "The Mythical Man-Month",
          "due": "DATE",
          "reminders": 1
        },
        {
          "loan": "L0003",
          "book": "The Leopard",
          "due": "DATE",
          "reminders": 1
        },
        {
          "loan": "L0004",
          "book": "Montaillou",
          "due": "DATE",
          "reminders": 1
        }
      ]
    }
    ",
      "My reminders is NAME, revision 1, started
    ",
    ]
  `);
});

it('asks which one is meant when several have the name', async () => {
  const { run } = journey();
  const { stderr, exitCode } = await run(['connection', 'create', '--connector', 'Library loans']);
  expect({ stderr: stderr.replaceAll(/shared_[^,\s]+(?=[,.])/g, 'OTHER'), exitCode }).toEqual({
    stderr: expect.stringMatching(
      /^Several connectors are called "Library loans"\. Give the name of one: \S+, \S+\.\n$/,
    ),
    exitCode: 2,
  });
});

it('refuses a token that is none', async () => {
  const { place } = journey();
  expect(readable(await runCommand({ ...place, token: 'nonsense' }, ['whoami']))).toEqual({
    stdout: '',
    stderr: 'SERVER does not accept the sign-in. Run `patchbay login`.\n',
    exitCode: 3,
  });
});

it('signs out on the server too', async () => {
  const { run, place, server } = journey();
  const { refreshToken } = JSON.parse(
    await readFile(join(place.folder, 'configuration/patchbay/session.json'), 'utf8'),
  ) as { readonly refreshToken: string };
  expect(await run(['logout'])).toEqual({ stdout: 'Signed out of SERVER.\n', stderr: '', exitCode: 0 });
  expect(await run(['logout', '--format', 'json'])).toEqual({
    stdout: '{\n  "server": null\n}\n',
    stderr: '',
    exitCode: 0,
  });
  expect((await run(['whoami'])).exitCode).toBe(2);
  const renewal = await fetch(`${server.origin}/oidc/token`, {
    method: 'POST',
    body: new URLSearchParams({ grant_type: 'refresh_token', refresh_token: refreshToken, client_id: 'patchbay-cli' }),
  });
  expect([renewal.status, await renewal.json()]).toMatchObject([400, { error: 'invalid_grant' }]);
});
