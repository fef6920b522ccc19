import { randomBytes, randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { SealedSecret } from '@patchbay/credential';
import type { JsonObject } from '@patchbay/definition';
import { type LibraryLoans, startLibraryLoans } from '@patchbay/example-library-loans';
import type { Services } from '../services/services.ts';
import { runExample } from './run-example.ts';

const settingName = 'example';
const exampleFolder = join(import.meta.dirname, '../../../../examples/library-loans');

/** Where the sample was put; its key is sealed. */
type Example = {
  readonly connector: string;
  readonly connection: string;
  readonly flow: string;
  readonly key: SealedSecret;
};

/** Starts the sample API for a store that holds the sample, on the port that its connector knows. */
export async function startExample(services: Services, say: (line: string) => void): Promise<LibraryLoans | undefined> {
  const kept = await services.store.settings.find(settingName);
  if (kept === undefined) return undefined;
  const { connector, key } = JSON.parse(kept) as Example;
  if ((await services.store.connectors.find(connector)) === undefined) return undefined;
  const { apiKey = '' } = await services.vault.open(key, settingName);
  return listen(services, apiKey, say);
}

/** Puts the sample on an empty store: the API, its connector, a connection, a flow; runs the flow once and tells what happened. */
export async function seedExample(services: Services, say: (line: string) => void): Promise<LibraryLoans | undefined> {
  const apiKey = randomBytes(18).toString('base64url');
  const library = await listen(services, apiKey, say);
  if (library === undefined) return undefined;
  say(`✓ sample API Library loans at ${library.origin}, with an API key of its own`);
  const environment = await services.environments.get(undefined);
  const owner = (await services.store.accounts.list())[0]?.id ?? 'seed';
  const { properties } = await readJson('apiProperties.json');
  const { row: connector } = await services.connectors.create(
    { definition: library.description() as JsonObject, properties: properties as JsonObject },
    environment.id,
    owner,
  );
  say(`✓ connector ${connector.displayName}, imported from the API’s own description`);
  const connection = randomUUID().replaceAll('-', '');
  await services.connections.put(
    connection,
    connector.name,
    { displayName: 'Library', values: { api_key: apiKey } },
    { accountId: owner },
  );
  say('✓ connection Library, its key sealed');
  const flow = await services.deployment.create(
    { ...(await readFlow(connector.name, connection)), state: 'Started' },
    environment.id,
    owner,
  );
  say(`✓ flow ${flow.row.displayName}, deployed`);
  const example: Example = {
    connector: connector.name,
    connection,
    flow: flow.row.id,
    key: await services.vault.seal({ apiKey }, settingName),
  };
  await services.store.settings.put(settingName, JSON.stringify(example));
  await runExample(services, flow.row.id, say);
  return library;
}

async function listen(
  services: Services,
  apiKey: string,
  say: (line: string) => void,
): Promise<LibraryLoans | undefined> {
  const { examplePort } = services.configuration;
  try {
    return await startLibraryLoans({ apiKey, port: examplePort });
  } catch (error) {
    const why =
      error instanceof Error && 'code' in error && error.code === 'EADDRINUSE' ? 'the port is taken' : String(error);
    say(
      `! the sample API did not start on port ${examplePort}: ${why}. Set PATCHBAY_EXAMPLE_PORT to a free one; everything else works.`,
    );
    return undefined;
  }
}

async function readFlow(connectorName: string, connectionName: string) {
  const { properties } = (await readJson('flows/overdue-loans.json')) as { readonly properties: JsonObject };
  const text = JSON.stringify(properties['definition']).replaceAll('/apis/shared_library', `/apis/${connectorName}`);
  return {
    displayName: String(properties['displayName']),
    definition: JSON.parse(text) as JsonObject,
    connectionReferences: {
      library: { connectionName, id: `/providers/Microsoft.PowerApps/apis/${connectorName}`, source: 'Embedded' },
    },
  };
}

async function readJson(name: string): Promise<JsonObject> {
  return JSON.parse(await readFile(join(exampleFolder, name), 'utf8')) as JsonObject;
}
