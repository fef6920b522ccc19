import { afterEach, describe, expect, it } from 'vitest';
import type { Invocation, InvocationContext, Invoker } from '../contract.ts';

/** An invoker to try, with the address of a peer that it may reach. */
export type OpenInvoker = () => Promise<{
  readonly invoker: Invoker;
  /**
   * A peer that answers `GET /status/{code}` with that status and `{"code": …}` as JSON, `POST /echo` with the request's body and content
   * type, `GET /headers` with the header fields as JSON, and never answers `GET /silent`.
   */
  readonly peer: string;
  close(): Promise<void>;
}>;

/** What every {@link Invoker} owes the engine, on its `http` calls. */
export function invokerContract(name: string, open: OpenInvoker): void {
  describe(`${name} as an invoker`, () => {
    const opened: { close: () => Promise<void> }[] = [];

    async function make(): Promise<Awaited<ReturnType<OpenInvoker>>> {
      const result = await open();
      opened.push(result);
      return result;
    }

    afterEach(async () => {
      for (const { close } of opened.splice(0)) await close();
    });

    const context = (change: Partial<InvocationContext> = {}): InvocationContext => ({
      environmentId: 'e',
      flowId: 'f',
      flowRevision: 3,
      runId: 'r',
      action: 'Call',
      iteration: '',
      attempt: 1,
      actionTrackingId: 'a',
      clientTrackingId: 't',
      idempotencyKey: '00000000-0000-0000-0000-000000000001',
      timeoutMs: 10_000,
      signal: new AbortController().signal,
      ...change,
    });
    const http = (
      method: string,
      uri: string,
      change: Partial<Extract<Invocation, { kind: 'http' }>> = {},
    ): Invocation => ({
      kind: 'http',
      method,
      uri,
      queries: {},
      headers: {},
      ...change,
    });

    it('answers with any status as a result', async () => {
      const { invoker, peer } = await make();
      for (const code of [200, 404, 503]) {
        const result = await invoker.invoke(http('GET', `${peer}/status/${code}`), context());
        expect([result.statusCode, result.body]).toEqual([code, { code }]);
      }
    });

    it('names headers in lower case', async () => {
      const { invoker, peer } = await make();
      const { headers } = await invoker.invoke(http('GET', `${peer}/status/200`), context());
      expect(Object.keys(headers)).toEqual(Object.keys(headers).map((header) => header.toLowerCase()));
      expect(headers['content-type']).toMatch(/^application\/json/);
    });

    it('tells who asks, unless the action keeps that to itself', async () => {
      const { invoker, peer } = await make();
      const asked = context({ action: 'Résumé', clientTrackingId: 'order 7' });
      const seen = async (change: Partial<Extract<Invocation, { kind: 'http' }>>) => {
        const { body } = await invoker.invoke(http('GET', `${peer}/headers`, change), asked);
        return Object.fromEntries(Object.entries(body as object).filter(([name]) => name.startsWith('x-ms-')));
      };
      expect(await seen({})).toEqual({
        'x-ms-workflow-id': 'f',
        'x-ms-workflow-name': 'f',
        'x-ms-workflow-version': '3',
        'x-ms-workflow-system-id': '/workflows/f',
        'x-ms-workflow-run-id': 'r',
        'x-ms-execution-location': 'e',
        'x-ms-client-tracking-id': 'order 7',
        'x-ms-tracking-id': 'a',
        'x-ms-action-tracking-id': 'a',
      });
      expect(await seen({ isUntracked: true })).toEqual({});
      expect(await seen({ isUntracked: true, headers: { 'X-MS-Client-Tracking-Id': 'own' } })).toEqual({
        'x-ms-client-tracking-id': 'own',
      });
    });

    it('sends a value as JSON and a string as text', async () => {
      const { invoker, peer } = await make();
      const json = await invoker.invoke(http('POST', `${peer}/echo`, { body: { a: [1, null] } }), context());
      const text = await invoker.invoke(http('POST', `${peer}/echo`, { body: 'plain' }), context());
      expect([json.body, text.body]).toEqual([{ a: [1, null] }, 'plain']);
    });

    it('throws a retryable failure when nobody answers at the address', async () => {
      const { invoker, peer } = await make();
      const { protocol, hostname } = new URL(peer);
      const failure = invoker.invoke(http('GET', `${protocol}//${hostname}:1/`), context());
      await expect(failure).rejects.toMatchObject({ name: 'InvocationError', retryable: true });
    });

    it('gives up when told to', async () => {
      const { invoker, peer } = await make();
      const abort = new AbortController();
      const pending = invoker.invoke(http('GET', `${peer}/silent`), context({ signal: abort.signal }));
      abort.abort();
      await expect(pending).rejects.toThrow();
    });

    it('takes safe methods for safe and others for unsafe', async () => {
      const { invoker } = await make();
      const effects = ['GET', 'HEAD', 'OPTIONS', 'POST', 'PUT', 'PATCH', 'DELETE'].map((method) =>
        invoker.effect(http(method, 'https://example.com/')),
      );
      expect(effects).toEqual(['safe', 'safe', 'safe', 'unsafe', 'unsafe', 'unsafe', 'unsafe']);
    });
  });
}
