import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { freePort, startServerProcess } from '../platform/server-process.ts';
import type { NpmStart } from './npm-start.ts';
import { dataFolder, flows, isPrepared, lastLine, list, runStatuses, signIn, start, version } from './started.ts';

const isRoot = process.getuid?.() === 0;

it.skipIf(!isPrepared)(
  'npm start fills an empty store once and tells each step (needs npm test or npm start before)',
  async () => {
    const data = await dataFolder();
    const ports = { PATCHBAY_DATA: data, PATCHBAY_EXAMPLE_PORT: String(await freePort()) };
    const first = await start(ports);
    await first.shows(lastLine);
    expect(readable(first)).toMatchInlineSnapshot(`
      "✓ environment Development: its network rules allow public addresses and loopback (this machine)
      ✓ account admin@localhost, administrator
      ✓ sample API Library loans at http://127.0.0.1:PORT, with an API key of its own
      ✓ connector Library loans, imported from the API’s own description
      ✓ connection Library, its key sealed
      ✓ flow Remind of overdue loans, deployed
        running it once:
        ✓ Today                                Succeeded  N ms
        ✓ List open loans                      Succeeded  N ms
        ✓ Overdue                              Succeeded  N ms
        ✓ Initialize sent                      Succeeded  N ms
        ✓ For each overdue loan (3 times)      Succeeded  N ms
        – Nothing due                          Skipped
        ✓ Summary                              Succeeded  N ms
        ✓ Any overdue                          Succeeded  N ms
        ✓ Response                             Succeeded  N ms
        it answered 200: "3 reminders sent on TODAY"
        Succeeded: http://localhost/flows/FLOW/runs/RUN
      Patchbay is ready at http://localhost
      Sign in as admin@localhost with this link, which works once, within an hour:
        http://localhost/signin?link=LINK
      For the next time set a password in the portal, or start again for another link.
      Ctrl-C stops it."
    `);
    const before = await contents(first);
    first.pressCtrlC();
    expect(await first.ended).toBe(0);

    const startedAtMs = performance.now();
    const second = await start(ports);
    await second.shows('Patchbay is ready');
    console.log(`npm start was ready again after ${((performance.now() - startedAtMs) / 1000).toFixed(2)} s`);
    await second.shows(lastLine);
    expect(readable(second)).toMatchInlineSnapshot(`
      "Patchbay is ready at http://localhost
      Sign in as admin@localhost with this link, which works once, within an hour:
        http://localhost/signin?link=LINK
      For the next time set a password in the portal, or start again for another link.
      Ctrl-C stops it."
    `);
    expect({ before, after: await contents(second) }).toEqual({
      before: { connectors: 1, flows: 1, runs: 1 },
      after: { connectors: 1, flows: 1, runs: 1 },
    });
    second.pressCtrlC();
    expect(await second.ended).toBe(0);
  },
);

it.skipIf(!isPrepared)('npm start says that the port is in use (needs npm test or npm start before)', async () => {
  const taken = createServer();
  await new Promise<void>((listening) => taken.listen(0, '127.0.0.1', listening));
  onTestFinished(() => void taken.close());
  const address = taken.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const started = await start({ PATCHBAY_DATA: await dataFolder(), PORT: String(port) });
  expect(await started.ended).toBe(1);
  expect(said(started)).toEqual([
    `Port ${port} of 127.0.0.1 is in use. Stop what listens there, or choose another port: PORT=4320 npm start`,
  ]);
});

it.skipIf(!isPrepared)(
  'npm start says that a file is where the data folder should be (needs npm test or npm start before)',
  async () => {
    const file = join(await dataFolder(), 'file');
    await writeFile(file, '');
    const started = await start({ PATCHBAY_DATA: file });
    expect(await started.ended).toBe(2);
    expect(said(started)).toEqual([
      `PATCHBAY_DATA is "${file}", which cannot be used: a file is in the way. Choose another folder: PATCHBAY_DATA=./data npm start`,
    ]);
  },
);

it.skipIf(!isPrepared || isRoot)(
  'npm start says that the data folder takes no files (needs npm test or npm start before, and not to be root)',
  async () => {
    const folder = join(await dataFolder(), 'read-only');
    await mkdir(folder);
    await chmod(folder, 0o500);
    const started = await start({ PATCHBAY_DATA: folder });
    expect(await started.ended).toBe(2);
    expect(said(started)).toEqual([
      `PATCHBAY_DATA is "${folder}", which cannot be used: this user may not write there. Choose another folder: PATCHBAY_DATA=./data npm start`,
    ]);
  },
);

it.skipIf(!isPrepared)(
  'npm start refuses a data folder that another process uses (needs npm test or npm start before)',
  async () => {
    const first = await startServerProcess({ environment: { PATCHBAY_SEED: 'environment' } });
    onTestFinished(first.dispose);
    const second = await start({ PATCHBAY_DATA: first.dataFolder });
    expect(await second.ended).toBe(1);
    const database = join(first.dataFolder, 'patchbay.db');
    expect(said(second)).toEqual([
      `${database} is in use by another Patchbay. Stop that one, or choose another data folder with PATCHBAY_DATA.`,
    ]);
  },
);

/** The screen without what differs from start to start, and without what npm says of its scripts. */
function readable(started: NpmStart): string {
  return said(started)
    .join('\n')
    .replaceAll(started.origin, 'http://localhost')
    .replaceAll(/127\.0\.0\.1:\d+/g, '127.0.0.1:PORT')
    .replaceAll(/\d+ ms/g, 'N ms')
    .replaceAll(/\d{4}-\d\d-\d\d/g, 'TODAY')
    .replaceAll(/flows\/[\w-]+\/runs\/\w+/g, 'flows/FLOW/runs/RUN')
    .replaceAll(/link=[\w-]+/g, 'link=LINK');
}

function said(started: NpmStart): readonly string[] {
  const lines = started.output().split('\n');
  return lines.filter((line) => !/^(> .*)?$/.test(line));
}

async function contents(started: NpmStart): Promise<object> {
  const client = await signIn(started);
  const filter = encodeURIComponent("environment eq '~default'");
  const connectors = await list(client, `/providers/Microsoft.PowerApps/apis?${version}&$filter=${filter}`);
  const deployed = await list(client, `${flows}?${version}`);
  const runs = await Promise.all(deployed.map((flow) => runStatuses(client, flow.name)));
  return { connectors: connectors.length, flows: deployed.length, runs: runs.flat().length };
}
