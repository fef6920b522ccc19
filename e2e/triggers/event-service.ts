import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';

/** A service that tells of events: by webhook to who subscribed, and as a list of news that grows, reorders and repeats. */
export type EventService = {
  readonly origin: string;
  /** Subscriptions that were asked for, oldest first: where to call. */
  readonly subscriptions: readonly string[];
  /** How often a subscription was given back. */
  readonly givenBack: () => number;
  readonly feed: Feed;
  readonly close: () => Promise<void>;
};

/** Items per poll, and for how many polls an item is still shown before it only comes back by chance. */
const shownPolls = 6;

/** News: every time somebody looks there is more, in no order, with some that were there long ago. */
export class Feed {
  #polls: (readonly number[])[] = [];
  #last = 0;
  #growth = 0;

  /** How many items come with each look from now on. */
  grow(items: number): void {
    this.#growth = items;
  }

  /** Every item there ever was is numbered from 1 on. */
  get last(): number {
    return this.#last;
  }

  /** What a look shows: all that came with the last few looks, and ten older ones. */
  look(): readonly { readonly id: number; readonly title: string }[] {
    const fresh = Array.from({ length: this.#growth }, (_, index) => this.#last + index + 1);
    this.#last += fresh.length;
    this.#polls = [...this.#polls, fresh].slice(-shownPolls);
    const old = Array.from({ length: Math.min(10, this.#last) }, () => 1 + Math.floor(Math.random() * this.#last));
    const shown = shuffled([...new Set([...this.#polls.flat(), ...old])]);
    return [...shown, ...shown.slice(0, 3)].map((id) => ({ id, title: `News ${id}` }));
  }
}

export async function startEventService(): Promise<EventService> {
  const subscriptions: string[] = [];
  const feed = new Feed();
  const counts = { givenBack: 0 };
  const server = createServer((request, response) => {
    const path = request.url?.split('?')[0] ?? '';
    if (request.method === 'POST' && path === '/hooks') void subscribe(request, response, subscriptions);
    else if (request.method === 'DELETE' && path.startsWith('/hooks/')) {
      counts.givenBack += 1;
      response.writeHead(204).end();
    } else if (path === '/news') answer(response, 200, { items: feed.look() });
    else answer(response, 404, {});
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    subscriptions,
    givenBack: () => counts.givenBack,
    feed,
    close: () => {
      server.closeAllConnections();
      return new Promise((closed) => server.close(() => closed()));
    },
  };
}

async function subscribe(request: IncomingMessage, response: ServerResponse, subscriptions: string[]): Promise<void> {
  const { url } = (await json(request)) as { readonly url: string };
  subscriptions.push(url);
  response.writeHead(201, { location: `/hooks/${subscriptions.length}`, 'content-type': 'application/json' });
  response.end('{}');
}

function answer(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

function shuffled(items: readonly number[]): readonly number[] {
  return items
    .map((item) => ({ item, place: Math.random() }))
    .sort((left, right) => left.place - right.place)
    .map(({ item }) => item);
}

/** The service's description, with its policy. */
export function eventConnector(origin: string): object {
  const responses = { 200: { description: 'Good', schema: { type: 'object' } } };
  const url = { type: 'string', 'x-ms-notification-url': true, 'x-ms-visibility': 'internal' };
  const body = { type: 'object', required: ['url'], properties: { url } };
  return {
    openApiDefinition: {
      swagger: '2.0',
      info: { title: 'Events', version: '1', description: 'Tells of events.' },
      host: new URL(origin).host,
      schemes: ['http'],
      consumes: ['application/json'],
      produces: ['application/json'],
      paths: {
        '/hooks': {
          'x-ms-notification-content': { schema: { type: 'object', properties: { event: { type: 'string' } } } },
          post: {
            operationId: 'WhenSomethingHappens',
            summary: 'When something happens',
            'x-ms-trigger': 'single',
            'x-patchbay-event-id': { header: 'X-Event-Id' },
            parameters: [{ name: 'body', in: 'body', required: true, schema: body }],
            responses: { 201: { description: 'Subscribed' } },
          },
        },
        '/news': {
          get: {
            operationId: 'WhenThereIsNews',
            summary: 'When there is news',
            'x-ms-trigger': 'batch',
            parameters: [{ name: 'after', in: 'query', type: 'string', 'x-ms-visibility': 'internal' }],
            responses,
          },
        },
      },
    },
    policyTemplateInstances: [
      {
        templateId: 'pollingtrigger',
        title: 'Poll for news',
        parameters: {
          'x-ms-apimTemplate-operationName': ['WhenThereIsNews'],
          'x-ms-apimTemplateParameter.triggerConfig': { after: '@{triggerBody().items[0].id}' },
          'x-ms-apimTemplateParameter.triggerDataPath': '@triggerBody().items',
        },
      },
    ],
  };
}
