import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { type ReadOptions, readConnector } from '@patchbay/definition';
import { createEgress } from '@patchbay/egress';
import * as soap from 'soap';
import { expect, it, onTestFinished } from 'vitest';
import { compile } from '../compile.ts';
import type { CallOptions, Connector } from '../contract.ts';

const wsdl = readFileSync(join(import.meta.dirname, 'test-services/orders.wsdl'), 'utf8');

type Line = { readonly sku: string; readonly quantity: number; readonly price: number };
type Order = {
  readonly customer: { readonly attributes: object; readonly name: string; readonly email: unknown };
  readonly lines: Line | readonly Line[];
  readonly due: Date;
  readonly document?: string;
  readonly note: unknown;
};

const nilled = (value: unknown) =>
  value ?? { attributes: { 'xsi:nil': 'true', 'xmlns:xsi': 'http://www.w3.org/2001/XMLSchema-instance' } };

const outOfStock = {
  Fault: {
    faultcode: 'soap:Client.OutOfStock',
    faultstring: 'Nothing is left of NONE',
    detail: { $xml: '<OutOfStock xmlns="urn:example:orders"><sku>NONE</sku><left>0</left></OutOfStock>' },
  },
};

/** The order service, by npm's soap: what it understood comes back in its answer. */
async function startService(options: ReadOptions = {}): Promise<{
  readonly connector: Connector;
  readonly call: CallOptions;
  readonly logged: string[];
}> {
  const logged: string[] = [];
  const server = createServer((_, response) => response.writeHead(404).end());
  soap.listen(server, {
    path: '/orders',
    xml: wsdl,
    handleNilAsNull: true,
    services: {
      Orders: {
        OrdersPort: {
          PlaceOrder: (order: Order, _: unknown, headers: { readonly Session?: { readonly token: string } }) => {
            const lines = [order.lines].flat();
            if (lines.some(({ sku }) => sku === 'NONE')) throw outOfStock;
            return {
              number: '9007199254740993',
              total: lines.reduce((sum, line) => sum + line.quantity * line.price, 0),
              accepted: true,
              customer: { ...order.customer, email: nilled(order.customer.email) },
              lines,
              due: order.due.toISOString().slice(0, 10),
              document: order.document,
              note: nilled(order.note),
              session: headers?.Session?.token,
            };
          },
          Log: ({ text }: { readonly text: string }) => void logged.push(text),
        },
      },
    },
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  const { model } = readConnector({ definition: { name: 'orders.wsdl', content: wsdl } }, options);
  if (model === undefined) throw new Error('not read');
  const egress = createEgress();
  onTestFinished(() => egress.close());
  return {
    connector: compile(model, { baseUrl: `http://127.0.0.1:${port}/orders` }),
    call: { credential: { kind: 'none' }, egress, networkRules: { allow: ['loopback'] } },
    logged,
  };
}

const order = {
  customer: { '@code': 7, name: 'Ada & <Söhne>', email: null },
  lines: [
    { sku: 'A-1', quantity: 2, price: 10.25 },
    { sku: 'B-2', quantity: 1, price: '0.10' },
  ],
  due: '2026-03-01',
  placedAt: '2026-02-01T12:30:00Z',
  priority: 'high',
  document: Buffer.from('a file').toString('base64'),
  note: null,
  '#headers': { Session: { token: 'of the session' } },
};

it('calls a document/literal service with nested types, arrays, nil, dates, base64 and a header', async () => {
  const { connector, call } = await startService();
  const result = await connector.operation('PlaceOrder').call({ body: order }, call);
  expect({ statusCode: result.statusCode, body: result.body }).toEqual({
    statusCode: 200,
    body: {
      number: '9007199254740993',
      total: 20.6,
      accepted: true,
      customer: { '@code': 7, name: 'Ada & <Söhne>', email: null },
      lines: [
        { sku: 'A-1', quantity: 2, price: 10.25 },
        { sku: 'B-2', quantity: 1, price: 0.1 },
      ],
      due: '2026-03-01',
      document: Buffer.from('a file').toString('base64'),
      note: null,
      session: 'of the session',
    },
  });
});

it('answers a fault as JSON with its code, text and detail, and an error status', async () => {
  const { connector, call } = await startService();
  const body = { ...order, lines: [{ sku: 'NONE', quantity: 1, price: 1 }] };
  const result = await connector.operation('PlaceOrder').call({ body }, call);
  expect({ statusCode: result.statusCode, body: result.body }).toEqual({
    statusCode: 500,
    body: {
      error: {
        code: 'Client.OutOfStock',
        message: 'Nothing is left of NONE',
        detail: { OutOfStock: { sku: 'NONE', left: 0 } },
      },
    },
  });
});

it('sends one-way messages', async () => {
  const { connector, call, logged } = await startService();
  const { statusCode, body } = await connector.operation('Log').call({ body: { text: 'a line\nand <more>' } }, call);
  expect({ body, isGood: statusCode < 300, logged }).toEqual({
    body: null,
    isGood: true,
    logged: ['a line\nand <more>'],
  });
});

it('takes flattened parameters', async () => {
  const { connector, call } = await startService();
  const { '#headers': _, lines, customer, ...rest } = order;
  const flattened = Object.fromEntries(Object.entries(rest).map(([name, value]) => [`body/${name}`, value]));
  const result = await connector.operation('PlaceOrder').call(
    {
      ...flattened,
      'body/lines': lines,
      'body/customer/@code': customer['@code'],
      'body/customer/name': customer.name,
      'body/customer/email': 'ada@example.com',
    },
    call,
  );
  expect(result.body).toMatchObject({ customer: { '@code': 7, name: 'Ada & <Söhne>', email: 'ada@example.com' } });
});

it('passes the XML itself through', async () => {
  const { connector, call, logged } = await startService({ soapMode: 'passThrough' });
  const body = '<Log xmlns="urn:example:orders"><text>as XML</text></Log>';
  const { statusCode } = await connector.operation('Log').call({ body }, call);
  const fault = await connector.operation('PlaceOrder').call({ body: orderXml }, call);
  expect({ isGood: statusCode < 300, logged, fault: fault.statusCode, body: fault.body }).toEqual({
    isGood: true,
    logged: ['as XML'],
    fault: 500,
    body: expect.stringMatching(/<soap:Envelope .*<faultstring>Nothing is left of NONE<\/faultstring>/s),
  });
});

const orderXml = `<PlaceOrder xmlns="urn:example:orders" xmlns:t="urn:example:types">
  <customer code="1"><t:name>Ada</t:name><t:email/></customer>
  <lines><t:sku>NONE</t:sku><t:quantity>1</t:quantity><t:price>1</t:price></lines>
  <due>2026-03-01</due>
  <note/>
</PlaceOrder>`;

it('passes a raw request on as an envelope and answers in JSON', async () => {
  const { connector, call } = await startService();
  const response = await connector.forward(
    {
      method: 'POST',
      path: '/PlaceOrder',
      query: '',
      headers: { 'content-type': 'application/json', authorization: 'not the service’s' },
      body: Buffer.from(JSON.stringify(order)),
    },
    call,
  );
  const answer = JSON.parse(Buffer.from(await response.bytes()).toString('utf8')) as { readonly total: number };
  expect({ status: response.status, type: response.headers['content-type'], total: answer.total }).toEqual({
    status: 200,
    type: 'application/json; charset=utf-8',
    total: 20.6,
  });
});
