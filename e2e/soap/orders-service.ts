import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { listen } from 'soap';

type Line = { readonly sku: string; readonly quantity: number; readonly price: number };
type Order = {
  readonly customer: { readonly attributes: object; readonly name: string };
  readonly lines: Line | readonly Line[];
  readonly due: Date;
  readonly document?: string;
};
type Headers = { readonly Session?: { readonly token: string } };

export type OrdersService = { readonly url: string; readonly close: () => void };

/** A SOAP service of npm's soap: it takes orders of anything but `NONE`. */
export async function startOrdersService(wsdl: string): Promise<OrdersService> {
  const server = createServer((_, response) => response.writeHead(404).end());
  const PlaceOrder = (order: Order, _: unknown, headers: Headers | undefined) => {
    const lines = [order.lines].flat();
    if (lines.some(({ sku }) => sku === 'NONE')) throw outOfStock;
    return {
      number: '9007199254740993',
      total: lines.reduce((sum, { quantity, price }) => sum + quantity * price, 0),
      accepted: true,
      customer: { ...order.customer, email: nil },
      lines,
      due: order.due.toISOString().slice(0, 10),
      document: order.document,
      note: nil,
      session: headers?.Session?.token,
    };
  };
  const services = { Orders: { OrdersPort: { PlaceOrder } } };
  listen(server, { path: '/orders', xml: wsdl, handleNilAsNull: true, services });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/orders`, close: () => void server.close() };
}

const nil = { attributes: { 'xsi:nil': 'true', 'xmlns:xsi': 'http://www.w3.org/2001/XMLSchema-instance' } };

const outOfStock = {
  Fault: {
    faultcode: 'soap:Client.OutOfStock',
    faultstring: 'Nothing is left of NONE',
    detail: { $xml: '<OutOfStock xmlns="urn:example:orders"><sku>NONE</sku><left>0</left></OutOfStock>' },
  },
};
