import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { startThingsPlatform, type ThingsPlatform } from '../../test-platform/start-things-platform.ts';
import { thingsKey } from '../../test-platform/things.ts';
import { answerJson, type ReceivedRequest } from '../../test-platform/upstream.ts';

const received: ReceivedRequest[] = [];
let server: ThingsPlatform;

beforeAll(async () => {
  server = await startThingsPlatform((request, response) => {
    received.push(request);
    // An API that gives back what it was sent, the key too.
    const isKnown = request.headers['x-api-key'] === thingsKey;
    answerJson(response, isKnown ? 200 : 401, isKnown ? { seen: thingsKey } : { detail: `No such key.` });
  });
});
afterAll(() => server.stop());
beforeEach(() => {
  received.length = 0;
});

type Step = { readonly id: string; readonly after: object };
type Explained = { readonly ok: boolean; readonly trace: readonly Step[]; readonly durationMs: number };

async function explain(body: object): Promise<{ readonly status: number; readonly body: Explained }> {
  const path = `/api/connections/${server.connection}/operations/GetThing/explain`;
  const { status, body: answer } = await server.ask('POST', path, { parameters: { id: '7' }, ...body });
  return { status, body: answer as Explained };
}

it('shows the steps of a call without sending it', async () => {
  const { status, body } = await explain({});
  expect({ status, ...body, durationMs: 0 }).toMatchInlineSnapshot(`
    {
      "durationMs": 0,
      "ok": true,
      "request": {
        "headers": {
          "accept": "application/json",
          "x-api-key": "***",
        },
        "method": "GET",
        "url": "http://api.test/v1/things/7",
      },
      "status": 200,
      "trace": [
        {
          "after": {
            "headers": {
              "accept": "application/json",
            },
            "method": "GET",
            "url": "http://api.test/v1/things/7",
          },
          "before": {
            "id": "7",
          },
          "id": "bind",
          "step": "bind",
        },
        {
          "after": {
            "headers": {
              "accept": "application/json",
              "x-api-key": "***",
            },
            "method": "GET",
            "url": "http://api.test/v1/things/7",
          },
          "before": {
            "headers": {
              "accept": "application/json",
            },
            "method": "GET",
            "url": "http://api.test/v1/things/7",
          },
          "id": "authenticate",
          "step": "authenticate",
        },
      ],
    }
  `);
  expect(received).toEqual([]);
});

it('sends an edited call with the key that was shown as stars, and shows it nowhere', async () => {
  const { body: shown } = await explain({});
  const value = { ...shown.trace[1]?.after, url: `http://${server.upstream.host}/v1/things/8` };
  const { status, body } = await explain({ send: true, replay: { from: 'authenticate', value } });
  expect(status).toBe(200);
  expect(received.map(({ target, headers }) => [target, headers['x-api-key']])).toEqual([['/v1/things/8', thingsKey]]);
  expect(JSON.stringify(body)).not.toContain(thingsKey);
  expect(body).toMatchObject({ ok: true, response: { statusCode: 200, body: { seen: '***' } } });
});

it('says what the API said and what is likely to help', async () => {
  const value = { method: 'GET', url: `http://${server.upstream.host}/v1/things/7`, headers: { 'x-api-key': 'other' } };
  const { body } = await explain({ send: true, replay: { from: 'authenticate', value } });
  expect(body).toMatchObject({
    ok: false,
    response: { statusCode: 401 },
    diagnosis: { step: 'transport', said: 'No such key.', fix: expect.stringContaining("connection's credential") },
  });
  const connection = await server.ask('GET', `${server.apiId}/connections/${server.connection}`);
  expect(connection.body).toMatchObject({ properties: { statuses: [{ status: 'Connected' }] } });
});

it('takes no edit elsewhere, and no step that there is not', async () => {
  const value = { method: 'GET', url: 'http://elsewhere.test/', headers: { 'x-api-key': '***' } };
  const elsewhere = await explain({ send: true, replay: { from: 'authenticate', value } });
  expect(elsewhere).toMatchObject({ status: 400, body: { code: 'ReplayInvalid' } });
  expect(await explain({ replay: { from: 'sign', value } })).toMatchObject({
    status: 400,
    body: {
      detail: 'The call has no step "sign" to go on from. Its steps are bind, authenticate, transport, result.',
    },
  });
  expect(received).toEqual([]);
});
