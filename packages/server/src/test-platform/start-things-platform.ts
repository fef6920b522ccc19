import type { JsonObject } from '@patchbay/definition';
import { type HttpAnswer, send } from './http-client.ts';
import { signIn, signInDevice } from './people.ts';
import { startTestPlatform, type TestPlatform } from './start-test-platform.ts';
import { flowOf, thingsDefinition, thingsKey, thingsProperties } from './things.ts';
import { type Answering, startUpstream, type Upstream } from './upstream.ts';

export const powerApps = '/providers/Microsoft.PowerApps';
export const flows = '/providers/Microsoft.ProcessSimple/environments/~default/flows';

/** An answer as one value to look at. */
export type Answer = { readonly status: number; readonly body: unknown };

/** A platform with the Things API: its connector, a connection to it, and an administrator who asks. */
export type ThingsPlatform = TestPlatform & {
  readonly upstream: Upstream;
  readonly connector: string;
  /** `/providers/Microsoft.PowerApps/apis/…` */
  readonly apiId: string;
  readonly connection: string;
  /** The runtime address of the connection. */
  readonly runtimePath: string;
  readonly authorization: string;
  readonly call: (method: string, path: string, body?: unknown) => Promise<HttpAnswer>;
  /** The same, with what differs from run to run replaced. */
  readonly ask: (method: string, path: string, body?: unknown) => Promise<Answer>;
  /** Deploys a flow that may use the connection as `things`; its id. */
  readonly deploy: (definition: JsonObject, displayName?: string) => Promise<string>;
  /** Runs a flow's trigger `manual` to the end; the run's id. */
  readonly run: (flow: string, body?: unknown) => Promise<string>;
  /** A run's status, and its actions' statuses, codes and errors. */
  readonly history: (flow: string, run: string) => Promise<object>;
};

export async function startThingsPlatform(
  answer: Answering,
  variables: { readonly [name: string]: string } = {},
): Promise<ThingsPlatform> {
  const upstream = await startUpstream(answer);
  const server = await startTestPlatform(variables);
  const { services, administrator, origin } = server;
  const { access_token } = await signInDevice(services, await signIn(services, administrator));
  const authorization = `Bearer ${access_token}`;
  const call: ThingsPlatform['call'] = (method, path, body) =>
    send(origin, { method, path, headers: { authorization }, ...(body !== undefined && { body }) });
  const connection = '0123456789abcdef0123456789abcdef';
  const connector = nameOf(
    await call('POST', `${powerApps}/apis`, {
      properties: { ...thingsProperties, openApiDefinition: thingsDefinition(upstream.host) },
    }),
  );
  const apiId = `${powerApps}/apis/${connector}`;
  nameOf(
    await call('PUT', `${apiId}/connections/${connection}`, {
      properties: { displayName: 'Things', connectionParameters: { api_key: thingsKey } },
    }),
  );
  const known: readonly (readonly [string, string])[] = [
    [origin, 'http://patchbay.test'],
    [upstream.host, 'api.test'],
    [server.environment.id, 'E'],
    [administrator.id, 'ADMINISTRATOR'],
  ];
  const ask: ThingsPlatform['ask'] = async (method, path, body) => {
    const answered = await call(method, path, body);
    return { status: answered.status, body: JSON.parse(tidy(JSON.stringify(answered.body), known)) as unknown };
  };
  const deploy: ThingsPlatform['deploy'] = async (definition, displayName = 'Test') =>
    nameOf(
      await call('POST', flows, {
        properties: {
          displayName,
          definition,
          connectionReferences: { things: { connectionName: connection, id: apiId } },
        },
      }),
    );
  const run: ThingsPlatform['run'] = async (flow, body) => {
    const started = await call('POST', `/api/flows/${flow}/triggers/manual/run`, { body: body ?? null });
    const { runId } = started.body as { readonly runId: string };
    await services.engine.settled(runId);
    return runId;
  };
  return {
    ...server,
    upstream,
    connector,
    apiId,
    connection,
    runtimePath: `/apim/${connector.replace('shared_', '')}/${connection}`,
    authorization,
    call,
    ask,
    deploy,
    run,
    history: async (flow, runId) =>
      outcomeOf((await ask('GET', `${flows}/${flow}/runs/${runId}?$expand=properties/actions`)).body),
    stop: async () => {
      await server.stop();
      await upstream.close();
    },
  };
}

/** The name of what was made. */
export function nameOf({ status, body }: HttpAnswer): string {
  if (status !== 200 && status !== 201) throw new Error(`${status}: ${JSON.stringify(body)}`);
  return (body as { readonly name: string }).name;
}

/** A flow whose only action says something. */
export const sayHello = flowOf({ Say: { type: 'Compose', inputs: 'hello', runAfter: {} } });

type Outcome = { readonly status: string; readonly code?: string; readonly error?: object };

function outcomeOf(run: unknown): object {
  const { properties } = run as {
    readonly properties: Outcome & { readonly actions: { readonly [name: string]: Outcome } };
  };
  const shown = ({ status, code, error }: Outcome): Outcome => ({
    status,
    ...(code !== undefined && { code }),
    ...(error !== undefined && { error }),
  });
  const { status, error } = properties;
  const actions = Object.entries(properties.actions).map(([name, action]) => [name, shown(action)]);
  return { status, ...(error !== undefined && { error }), actions: Object.fromEntries(actions) };
}

/** Texts that are new in every run, by what they are. */
const changing: readonly (readonly [RegExp, string])[] = [
  [/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+Z/g, 'TIME'],
  [/\b0858\d{16}[A-Z0-9]*CU\d\d\b/g, 'RUN'],
  [/-5f[0-9a-f]{16}/g, '-5fHEX'],
  [/\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g, 'GUID'],
  [/\bse=\d+/g, 'se=EXPIRY'],
  [/\bsig=[\w%-]+/g, 'sig=SIGNATURE'],
  [/"sig":"[\w-]+"/g, '"sig":"SIGNATURE"'],
];

function tidy(text: string, known: readonly (readonly [string, string])[]): string {
  const named = known.reduce((result, [from, to]) => result.replaceAll(from, to), text);
  return changing.reduce((result, [from, to]) => result.replace(from, to), named);
}
