import { createServer } from 'node:http';
import { announce } from './announce.ts';

/** The API behind everything that is measured: one order of about 1.1 KB, the same for every id. */
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

announce(
  createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(order) });
    response.end(order);
  }),
);
