import { createServer } from 'node:http';
import { json } from 'node:stream/consumers';
import { request as send } from 'undici';
import { announce } from './announce.ts';

type Order = {
  readonly items: readonly { readonly name: string; readonly quantity: number; readonly price: number }[];
};

/** What the measured flow does, written by hand and without a record: webhook, call, transform, answer. */
const origin = process.argv[2] ?? '';

announce(
  createServer(async (request, response) => {
    const { orderId } = (await json(request)) as { readonly orderId: number };
    const answer = await send(`${origin}/orders/${orderId}`);
    const order = (await answer.body.json()) as Order;
    const body = JSON.stringify({
      orderId,
      count: order.items.length,
      names: order.items.map((item) => item.name.toUpperCase()),
    });
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) });
    response.end(body);
  }),
);
