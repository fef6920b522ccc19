import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { freePort } from '../../e2e/platform/server-process.ts';
import type { Measured } from '../measure.ts';

export type Peer = Measured & { readonly dispose: () => Promise<void> };

/** Starts the Node-RED that is installed in a folder, with the flow that is measured at `/orders`; undefined when it is not there. */
export async function startNodeRed(peers: string, upstreamOrigin: string): Promise<Peer | undefined> {
  const program = join(resolve(peers), 'node_modules/node-red/red.js');
  if (!existsSync(program)) return undefined;
  const folder = await mkdtemp(join(tmpdir(), 'patchbay-node-red-'));
  const port = await freePort();
  await writeFile(join(folder, 'settings.js'), `module.exports = ${JSON.stringify(settings(folder, port))};`);
  await writeFile(join(folder, 'flows.json'), JSON.stringify(orderFlow(upstreamOrigin)));
  const child = spawn(process.execPath, [program, '--userDir', folder, '--settings', join(folder, 'settings.js')], {
    stdio: 'ignore',
  });
  const exited = new Promise<void>((settle) => child.once('exit', () => settle()));
  const dispose = async (): Promise<void> => {
    child.kill('SIGKILL');
    await exited;
    await rm(folder, { recursive: true, force: true });
  };
  const origin = `http://127.0.0.1:${port}`;
  try {
    await waitUntilAnswering(`${origin}/orders`, () => child.exitCode !== null);
    return { origin, child, dispose };
  } catch (error) {
    await dispose();
    throw error;
  }
}

function settings(folder: string, port: number): object {
  return {
    uiPort: port,
    uiHost: '127.0.0.1',
    userDir: folder,
    flowFile: 'flows.json',
    httpAdminRoot: false,
    telemetry: { enabled: false },
    logging: { console: { level: 'off', metrics: false, audit: false } },
  };
}

/** Webhook → call → transform → respond, by the nodes that Node-RED has for each. */
function orderFlow(upstreamOrigin: string): readonly object[] {
  const node = (id: string, type: string, next: readonly string[], rest: object): object => ({
    id,
    type,
    z: 'orders',
    name: id,
    x: 100,
    y: 100,
    wires: type === 'http response' ? [] : [next],
    ...rest,
  });
  const transform = `const { items } = msg.payload;
msg.payload = { orderId: msg.orderId, count: items.length, names: items.map((item) => item.name.toUpperCase()) };
return msg;`;
  return [
    { id: 'orders', type: 'tab', label: 'Order names', disabled: false },
    node('manual', 'http in', ['keep'], { url: '/orders', method: 'post', upload: false }),
    node('keep', 'change', ['get'], {
      rules: [{ t: 'set', p: 'orderId', pt: 'msg', to: 'payload.orderId', tot: 'msg' }],
    }),
    node('get', 'http request', ['transform'], {
      method: 'GET',
      ret: 'obj',
      url: `${upstreamOrigin}/orders/{{{orderId}}}`,
      persist: true,
    }),
    node('transform', 'function', ['respond'], { func: transform, outputs: 1 }),
    node('respond', 'http response', [], { statusCode: '200', headers: {} }),
  ];
}

async function waitUntilAnswering(url: string, hasEnded: () => boolean): Promise<void> {
  const deadlineMs = Date.now() + 60_000;
  const body = '{"orderId":42}';
  for (;;) {
    if (hasEnded()) throw new Error('Node-RED ended before it answered.');
    const isThere = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body }).then(
      (response) => response.ok,
      () => false,
    );
    if (isThere) return;
    if (Date.now() > deadlineMs) throw new Error('Node-RED did not answer in time.');
    await new Promise((wake) => setTimeout(wake, 100));
  }
}
