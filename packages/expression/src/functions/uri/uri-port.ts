import type { EagerFunction } from '../function-definition.ts';
import { readUri } from './read-uri.ts';

const defaultPorts: Readonly<Record<string, number>> = {
  'http:': 80,
  'https:': 443,
  'ftp:': 21,
  'ws:': 80,
  'wss:': 443,
};

export const uriPort: EagerFunction = {
  kind: 'eager',
  name: 'uriPort',
  parameters: ['string'],
  apply: ([text]) => {
    const url = readUri('uriPort', text);
    return url.port === '' ? (defaultPorts[url.protocol] ?? -1) : Number(url.port);
  },
};
