import { join } from 'node:path';
import {
  openSmallDisk,
  type SmallDisk,
  setImmutable,
  whyNoImmutableFiles,
  whyNoSmallDisk,
} from '@patchbay/store/test-disk';
import { expect, it, onTestFinished } from 'vitest';
import { callbackUrl, deployFlow } from '../platform/maker.ts';
import { type ServerProcess, startServerProcess } from '../platform/server-process.ts';
import { type SignedInClient, signInWithLink } from '../platform/signed-in-client.ts';
import { startGatedUpstream } from './gated-upstream.ts';

const missing = whyNoSmallDisk();
const environment = { PATCHBAY_SEED: 'environment' };

const definition = {
  $schema: 'https://schema.management.azure.com/providers/Microsoft.Logic/schemas/2016-06-01/workflowdefinition.json#',
  contentVersion: '1.0.0.0',
  parameters: {},
  triggers: { manual: { type: 'Request', kind: 'Http', inputs: { schema: {} } } },
  outputs: {},
};
const note = { type: 'Compose', inputs: "@triggerBody()['number']" };
const noting = { ...definition, actions: { Note: { ...note, runAfter: {} } } };
const answering = {
  ...definition,
  actions: {
    Note: { ...note, runAfter: {} },
    Response: { type: 'Response', inputs: { statusCode: 200 }, runAfter: { Note: ['Succeeded'] } },
  },
};
/** A call that must not be made twice, and records after it. */
const calling = (origin: string): object => ({
  ...definition,
  actions: {
    Call: { type: 'Http', inputs: { method: 'POST', uri: origin, body: '@triggerBody()' }, runAfter: {} },
    Note: { ...note, runAfter: { Call: ['Succeeded'] } },
  },
});

async function post(url: string, number: number): Promise<{ readonly status: number; readonly body: unknown }> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ number, text: 'x'.repeat(2_000) }),
  });
  const text = await response.text();
  return { status: response.status, body: text === '' ? undefined : JSON.parse(text) };
}

/** Posts until the server refuses; how many it accepted, and how it refused. */
async function postUntilRefused(url: string) {
  for (let accepted = 0; accepted < 5_000; accepted++) {
    const answer = await post(url, accepted);
    if (answer.status !== 202) return { accepted, answer };
  }
  throw new Error('The disk does not fill up.');
}

async function statuses(client: SignedInClient, flow: string): Promise<{ readonly [status: string]: number }> {
  const counts: { [status: string]: number } = {};
  const path = `/providers/Microsoft.ProcessSimple/environments/~default/flows/${flow}/runs?$top=250`;
  for (let next: string | undefined = path; next !== undefined; ) {
    const { body } = await client.get(next);
    const page = body as {
      readonly value: readonly { readonly properties: { readonly status: string } }[];
      readonly nextLink?: string;
    };
    for (const { properties } of page.value) counts[properties.status] = (counts[properties.status] ?? 0) + 1;
    next = page.nextLink;
  }
  return counts;
}

const full = {
  code: 'StoreFull',
  message:
    'The disk of the server is full, so nothing new is taken. Nothing that was accepted is lost. Try again once there is room.',
};

it.skipIf(missing !== undefined)(
  'a full disk stops acceptance and loses nothing; runs go on when there is room, without a restart',
  async () => {
    const disk = openSmallDisk(64);
    onTestFinished(disk.remove);
    const upstream = await startGatedUpstream();
    onTestFinished(upstream.close);
    const server = await startServerProcess({ environment, dataFolder: disk.folder });
    onTestFinished(server.kill);
    const client = await signInWithLink(server.signInLink());
    const [notes, answers, calls] = [
      await deployFlow(client, 'Notes', noting),
      await deployFlow(client, 'Answers', answering),
      await deployFlow(client, 'Calls', calling(upstream.origin)),
    ];
    const urls = {
      notes: await callbackUrl(client, notes, 'manual'),
      answers: await callbackUrl(client, answers, 'manual'),
      calls: await callbackUrl(client, calls, 'manual'),
    };
    const begun = await Promise.all([1, 2, 3, 4, 5].map((number) => post(urls.calls, number)));
    expect(begun.map(({ status }) => status)).toEqual([202, 202, 202, 202, 202]);
    await expect.poll(() => upstream.asked.length).toBe(5);

    disk.fill(300);
    const { accepted, answer } = await postUntilRefused(urls.notes);
    expect(answer).toEqual({ status: 507, body: { error: full } });
    expect(accepted).toBeGreaterThan(0);
    disk.fill();
    // What was under way comes to where it has to be recorded.
    upstream.open();
    await expect.poll(() => server.output()).toContain('is full');
    expect(await post(urls.answers, 1)).toEqual({ status: 507, body: { error: full } });
    // A small change may still find room in a file that is there.
    const large = { ...noting, description: 'x'.repeat(1_000_000) };
    const saved = await client.send('POST', '/providers/Microsoft.ProcessSimple/environments/~default/flows', {
      properties: { displayName: 'Large', definition: large, state: 'Started', connectionReferences: {} },
    });
    expect({ status: saved.status, retry: saved.headers.get('retry-after'), body: saved.body }).toEqual({
      status: 507,
      retry: '30',
      body: { error: full },
    });
    expect(await statuses(client, calls)).toEqual({ Running: 5 });

    disk.makeRoom();
    await expect.poll(() => statuses(client, calls), { timeout: 20_000 }).toEqual({ Succeeded: 5 });
    await expect.poll(() => statuses(client, notes), { timeout: 20_000 }).toEqual({ Succeeded: accepted });
    expect(upstream.asked.toSorted()).toEqual([1, 2, 3, 4, 5]);
    expect((await post(urls.answers, 2)).status).toBe(200);
    expect(await server.interrupt()).toBe(0);
    await remounted(disk, { notes, accepted });
  },
);

/** A read-only disk: the server says so instead of starting, and has lost nothing once it can be written. */
async function remounted(
  disk: SmallDisk,
  { notes, accepted }: { readonly notes: string; readonly accepted: number },
): Promise<void> {
  disk.remount('ro');
  const start = (): Promise<ServerProcess> => startServerProcess({ environment, dataFolder: disk.folder });
  await expect(start()).rejects.toThrow(/cannot be used: the file system is read-only/);
  disk.remount('rw');
  const server = await start();
  onTestFinished(server.kill);
  const client = await signInWithLink(server.signInLink());
  expect(await statuses(client, notes)).toEqual({ Succeeded: accepted });
}

const unwritable = {
  code: 'StoreUnwritable',
  message:
    'The database of the server cannot be written, so nothing new is taken. Nothing that was accepted is lost. Try again later.',
};

it.skipIf(whyNoImmutableFiles() !== undefined)(
  'a disk that takes no writes any more stops acceptance and loses nothing; runs go on when it does again',
  async () => {
    const upstream = await startGatedUpstream();
    onTestFinished(upstream.close);
    const server = await startServerProcess({ environment });
    const files = ['patchbay.db', 'patchbay.db-wal'].map((name) => join(server.dataFolder, name));
    onTestFinished(async () => {
      await server.kill();
      setImmutable(files, false);
      await server.dispose();
    });
    const client = await signInWithLink(server.signInLink());
    const flow = await deployFlow(client, 'Calls', calling(upstream.origin));
    const url = await callbackUrl(client, flow, 'manual');
    await Promise.all([1, 2, 3].map((number) => post(url, number)));
    await expect.poll(() => upstream.asked.length).toBe(3);

    setImmutable(files, true);
    expect(await post(url, 4)).toEqual({ status: 503, body: { error: unwritable } });
    upstream.open();
    await expect.poll(() => server.output()).toContain('patchbay.db cannot be written');
    expect(await statuses(client, flow)).toEqual({ Running: 3 });

    setImmutable(files, false);
    await expect.poll(() => statuses(client, flow), { timeout: 20_000 }).toEqual({ Succeeded: 3 });
    expect((await post(url, 5)).status).toBe(202);
    await expect.poll(() => statuses(client, flow), { timeout: 20_000 }).toEqual({ Succeeded: 4 });
    expect(upstream.asked.toSorted()).toEqual([1, 2, 3, 5]);
  },
);
