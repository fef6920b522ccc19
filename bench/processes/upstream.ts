import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { announce } from './announce.ts';

/**
 * The API behind everything that is measured: one order of about 1.1 KB, the same for every id; and files of as many bytes as are asked
 * for, or none, which takes whatever it is sent. Below `/late/` it takes its time, as APIs do that are not on the same machine.
 */
const lateMs = 20;

const order = JSON.stringify({
  orderId: 42,
  customer: 'Contoso',
  items: Array.from({ length: 12 }, (_, index) => ({
    sku: `SKU-${1000 + index}`,
    name: `Part number ${index} of the assembly`,
    quantity: (index % 4) + 1,
    price: 10 + index,
  })),
});

const block = Buffer.alloc(64 * 1024, 'x');

function* blocksOf(bytes: number): Generator<Buffer> {
  for (let left = bytes; left > 0; left -= block.length) yield left < block.length ? block.subarray(0, left) : block;
}

function serveFile(request: IncomingMessage, response: ServerResponse): void {
  if (request.method === 'GET') {
    const bytes = Number(/\/files\/(\d+)/.exec(request.url ?? '')?.[1]);
    response.writeHead(200, { 'content-type': 'application/octet-stream', 'content-length': bytes });
    Readable.from(blocksOf(bytes), { objectMode: false }).pipe(response);
    return;
  }
  let received = 0;
  request.on('data', (chunk: Buffer) => {
    received += chunk.length;
  });
  request.on('end', () => {
    response.setHeader('content-type', 'application/json').end(JSON.stringify({ received }));
  });
}

function serveOrder(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(order) });
  response.end(order);
}

announce(
  createServer((request, response) => {
    if (request.url?.includes('/files/') === true) {
      serveFile(request, response);
      return;
    }
    if (request.url?.includes('/late/') === true) setTimeout(serveOrder, lateMs, response);
    else serveOrder(response);
  }),
);
