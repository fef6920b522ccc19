import { z } from 'zod';
import { ConfigurationError } from './configuration-error.ts';
import type { ConfigurationVariable, ValuesOf } from './configuration-variable.ts';
import { port, text, webAddress } from './value-schemas.ts';

/** Where the server is reached. */
export const addressVariables = [
  {
    name: 'PORT',
    takes: 'a port number from 0 to 65535',
    example: '8080',
    default: '4310',
    description: 'The port to listen on; 0 takes a free one.',
    schema: port,
  },
  {
    name: 'HOST',
    takes: 'an IP address or a host name',
    example: '0.0.0.0',
    default: '127.0.0.1',
    description: 'The address to listen on. Anything but loopback needs `PATCHBAY_PUBLIC_URL`.',
    schema: text,
  },
  {
    name: 'PATCHBAY_PUBLIC_URL',
    takes: 'an http or https origin such as https://patchbay.example.org',
    example: 'https://patchbay.example.org',
    description: 'The origin under which browsers and callers reach the server. Default: the address it listens on.',
    schema: webAddress.refine(
      (value) => URL.canParse(value) && new URL(value).pathname === '/' && new URL(value).search === '',
    ),
  },
  {
    name: 'PATCHBAY_TRUST_PROXY',
    takes: 'on or off',
    example: 'on',
    default: 'off',
    description: 'Whether the addresses in `x-forwarded-for` come from a proxy of yours and can be believed.',
    schema: z.enum(['on', 'off']),
  },
] as const satisfies readonly ConfigurationVariable[];

export type AddressSettings = {
  readonly port: number;
  readonly host: string;
  /** Origin under which people and callers reach the server; absent means the address it listens on. */
  readonly publicUrl?: string;
  readonly trustProxy: boolean;
};

export function readAddress(values: ValuesOf<typeof addressVariables>): AddressSettings {
  const { PORT: listenPort, HOST: host, PATCHBAY_PUBLIC_URL: publicUrl } = values;
  if (publicUrl === undefined && !isLoopback(host)) {
    throw new ConfigurationError(
      `HOST is "${host}", which others can reach; set PATCHBAY_PUBLIC_URL to the origin under which they do, or HOST to 127.0.0.1.`,
    );
  }
  return {
    port: listenPort,
    host,
    ...(publicUrl !== undefined && { publicUrl: new URL(publicUrl).origin }),
    trustProxy: values.PATCHBAY_TRUST_PROXY === 'on',
  };
}

/** Whether only this machine reaches an address that is listened on. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);
}
