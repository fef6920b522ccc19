import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { createConnection, createConnector, deployFlow } from '../platform/maker.ts';
import { freePort, type ServerProcess, startServerProcess } from '../platform/server-process.ts';
import { type SignedInClient, signInWithLink } from '../platform/signed-in-client.ts';
import { type EventService, eventConnector, startEventService } from './event-service.ts';

export type TriggerRoundsOptions = {
  readonly events: number;
  /** How often the server is killed while events are sent, and again while news is polled for. */
  readonly kills: number;
  /** Polls that bring news, between two kills. */
  readonly polls: number;
  readonly progress: (text: string) => void;
};

/** What the rounds showed. Every list is empty when all is well. */
export type TriggerReport = {
  readonly kills: number;
  readonly webhook: {
    readonly sent: number;
    /** Answered 2xx. */
    readonly answered: number;
    /** Deliveries that the kills cut off or found nobody for. */
    readonly refused: number;
    /** How often the API was asked to subscribe. */
    readonly subscriptions: number;
    /** Events that were answered and have no run. */
    readonly lost: readonly string[];
    /** Events that have more than one run. */
    readonly repeated: readonly string[];
  };
  readonly polling: {
    readonly items: number;
    readonly lost: readonly number[];
    readonly repeated: readonly number[];
    /** Items that were there when the first poll looked, and started a run all the same. */
    readonly seeded: readonly number[];
  };
};

type Setting = {
  readonly service: EventService;
  readonly client: SignedInClient;
  readonly restart: () => Promise<void>;
  readonly dataFolder: string;
  readonly flows: { readonly hook: string; readonly news: string };
};

/**
 * Sends events to a flow's webhook and lets another poll for news while the server is killed with `kill -9` and started again on the same data;
 * then holds the runs that there are against what the service knows.
 */
export async function runTriggerRounds(options: TriggerRoundsOptions): Promise<TriggerReport> {
  const service = await startEventService();
  const ports = {
    port: await freePort(),
    environment: { PATCHBAY_EXAMPLE_PORT: String(await freePort()), PATCHBAY_SEED: 'environment' },
  };
  let server: ServerProcess = await startServerProcess(ports);
  try {
    const client = await signInWithLink(server.signInLink());
    const { dataFolder } = server;
    const restart = async (): Promise<void> => {
      await server.kill();
      server = await startServerProcess({ ...ports, dataFolder });
    };
    const flows = await deployFlows(client, service);
    const setting = { service, client, restart, dataFolder, flows };
    const webhook = await sendEvents(setting, options);
    const polling = await pollForNews(setting, options);
    return { kills: 2 * options.kills, webhook, polling };
  } finally {
    await server.dispose();
    await service.close();
  }
}

async function deployFlows(client: SignedInClient, service: EventService): Promise<Setting['flows']> {
  const connector = await createConnector(client, eventConnector(service.origin));
  const connection = await createConnection(client, connector, {});
  const host = (operationId: string): object => ({
    apiId: `/providers/Microsoft.PowerApps/apis/${connector}`,
    connectionName: 'events',
    operationId,
  });
  const deploy = (name: string, trigger: object): Promise<string> =>
    deployFlow(
      client,
      name,
      {
        triggers: { Event: trigger },
        actions: { Keep: { type: 'Compose', inputs: '@triggerBody()', runAfter: {} } },
      },
      { events: { connector, connection } },
    );
  return {
    hook: await deploy('Events', {
      type: 'OpenApiConnectionWebhook',
      inputs: { host: host('WhenSomethingHappens'), parameters: {} },
    }),
    news: await deploy('News', {
      type: 'OpenApiConnection',
      recurrence: { frequency: 'Second', interval: 1 },
      splitOn: "@triggerOutputs()?['body/items']",
      inputs: { host: host('WhenThereIsNews'), parameters: {} },
    }),
  };
}

/** Half of the events have an id and are sent until they are answered; the others are sent once and given up when they are not. */
async function sendEvents(setting: Setting, options: TriggerRoundsOptions): Promise<TriggerReport['webhook']> {
  const { service, dataFolder, flows } = setting;
  const url = await until(() => service.subscriptions[0]);
  const answered = new Set<string>();
  const counts = { refused: 0, next: 0 };
  const deliver = async (event: string, headers: object): Promise<boolean> => {
    const request = { method: 'POST', headers: { 'content-type': 'application/json', ...headers } };
    const response = await fetch(url, { ...request, body: JSON.stringify({ event }) }).catch(() => undefined);
    await response?.arrayBuffer().catch(() => undefined);
    if (response?.ok === true) answered.add(event);
    else counts.refused += 1;
    return response?.ok === true;
  };
  const send = async (): Promise<void> => {
    while (counts.next < options.events) {
      const event = `event-${counts.next}`;
      counts.next += 1;
      const isRepeated = counts.next % 2 === 0;
      while (!(await deliver(event, isRepeated ? { 'x-event-id': event } : {})) && isRepeated) await pause(250);
      // Nobody is hammered while the server is away.
      if (!answered.has(event)) await pause(250);
    }
  };
  const sent = Promise.all(Array.from({ length: 40 }, send));
  for (let kill = 1; kill <= options.kills; kill += 1) {
    const enough = Math.floor((options.events * kill) / (options.kills + 1));
    while (counts.next < enough) await pause(2);
    await setting.restart();
    options.progress(`kill ${kill}: ${answered.size} events answered, ${counts.refused} deliveries refused`);
  }
  await sent;
  const runs = countRuns(dataFolder, flows.hook, (body) => (body as { readonly event: string }).event);
  return {
    sent: options.events,
    answered: answered.size,
    refused: counts.refused,
    subscriptions: service.subscriptions.length,
    lost: [...answered].filter((event) => !runs.has(event)),
    repeated: [...runs].flatMap(([event, count]) => (count > 1 ? [event] : [])),
  };
}

async function pollForNews(setting: Setting, options: TriggerRoundsOptions): Promise<TriggerReport['polling']> {
  const { service, dataFolder, flows } = setting;
  const { feed } = service;
  const readRuns = (): ReadonlyMap<number, number> =>
    countRuns(dataFolder, flows.news, (body) => (body as { readonly id: number }).id);
  await until(() => isPolling(dataFolder, flows.news));
  const seeded = feed.last;
  feed.grow(20);
  for (let kill = 1; kill <= options.kills; kill += 1) {
    const enough = feed.last + options.polls * 20;
    while (feed.last < enough) await pause(20);
    await pause(Math.random() * 300);
    await setting.restart();
    options.progress(`kill ${kill}: ${feed.last} items of news, ${readRuns().size} runs`);
  }
  const last = feed.last + options.polls * 20;
  while (feed.last < last) await pause(20);
  feed.grow(0);
  const items = Array.from({ length: feed.last - seeded }, (_, index) => seeded + index + 1);
  const runs = await until(() => {
    const found = readRuns();
    return items.every((item) => found.has(item)) ? found : undefined;
  }, 60_000).catch(readRuns);
  // Some polls more, which bring nothing new.
  await pause(3_000);
  const after = readRuns();
  return {
    items: items.length,
    lost: items.filter((item) => !runs.has(item)),
    repeated: [...after].flatMap(([item, count]) => (count > 1 ? [item] : [])),
    seeded: [...after.keys()].filter((item) => item <= seeded),
  };
}

/** How many runs of a flow there are for what their triggers brought. */
function countRuns<Key>(dataFolder: string, flow: string, keyOf: (body: unknown) => Key): ReadonlyMap<Key, number> {
  const counts = new Map<Key, number>();
  const rows = query(dataFolder, 'select trigger from run where flow_id = ?', flow);
  for (const { trigger } of rows as readonly { readonly trigger: string }[]) {
    const { outputs } = JSON.parse(trigger) as { readonly outputs: string };
    const key = keyOf((JSON.parse(outputs) as { readonly body: unknown }).body);
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}

function isPolling(dataFolder: string, flow: string): true | undefined {
  const rows = query(dataFolder, "select 1 from watch where flow_id = ? and status = 'Active'", flow);
  return rows.length > 0 ? true : undefined;
}

function query(dataFolder: string, sql: string, flow: string): readonly unknown[] {
  const database = new DatabaseSync(join(dataFolder, 'patchbay.db'), { timeout: 10_000, readOnly: true });
  try {
    return database.prepare(sql).all(flow);
  } finally {
    database.close();
  }
}

async function until<Found>(look: () => Found | undefined, patienceMs = 60_000): Promise<Found> {
  const deadlineMs = Date.now() + patienceMs;
  for (;;) {
    const found = look();
    if (found !== undefined) return found;
    if (Date.now() > deadlineMs) throw new Error('what was waited for did not happen in time');
    await pause(100);
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((wake) => setTimeout(wake, ms));
}
