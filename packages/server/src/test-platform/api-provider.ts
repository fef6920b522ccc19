import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { send } from './http-client.ts';

/** An API with its identity provider, in a process of its own. */
export type ApiProvider = {
  readonly origin: string;
  /** Registers a client (RFC 7591): its id, and its secret unless it has none. */
  readonly register: (metadata: object) => Promise<{ readonly clientId: string; readonly clientSecret: string }>;
  /** What it was asked so far. */
  readonly counts: () => Promise<{ readonly [name: string]: number }>;
  /** Has the API refuse every token that was given out so far. */
  readonly refuseTokens: () => Promise<void>;
  readonly stop: () => Promise<void>;
};

const program = resolve(import.meta.dirname, '../test-process/api-provider.ts');

export async function startApiProvider(environment: { readonly [name: string]: string } = {}): Promise<ApiProvider> {
  const child = spawn(process.execPath, [program], {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const exited = new Promise<void>((settle) => child.once('exit', () => settle()));
  const origin = await new Promise<string>((found, fail) => {
    let output = '';
    const read = (chunk: Buffer): void => {
      output += chunk.toString();
      const ready = /ready (\S+)/.exec(output)?.[1];
      if (ready !== undefined) found(ready);
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.once('exit', () => fail(new Error(`the provider ended: ${output}`)));
  });
  return {
    origin,
    register: async (metadata) => {
      const { status, body } = await send(origin, { method: 'POST', path: '/reg', body: metadata });
      if (status !== 201) throw new Error(`${status}: ${JSON.stringify(body)}`);
      const { client_id: clientId, client_secret: clientSecret = '' } = body as {
        readonly client_id: string;
        readonly client_secret?: string;
      };
      return { clientId, clientSecret };
    },
    counts: async () => (await send(origin, { path: '/control/counts' })).body as { readonly [name: string]: number },
    refuseTokens: async () => {
      await send(origin, { path: '/control/refuse-tokens' });
    },
    stop: async () => {
      child.kill();
      await exited;
    },
  };
}
