import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ConnectorError } from '../errors.ts';
import { escapesPath } from '../path-template.ts';
import { nextTarget, type Page } from './next-target.ts';

const target = { path: '/items', query: '' };
const place = { runtimeUrl: 'https://here.test/apim/items/c1', credentialParameter: 'key' };

function pageWith(link: string): Page {
  return { statusCode: 200, headers: { link }, body: { next: link }, sentUrl: 'https://api.test/v1/items?key=k' };
}

function next(link: string): unknown {
  try {
    return nextTarget({ kind: 'next-link', linkPath: ['next'] }, target, pageWith(link), place);
  } catch (error) {
    if (error instanceof ConnectorError) return error.code;
    throw error;
  }
}

it.each<[string, unknown]>([
  ['https://api.test/v1/items?page=2', { path: '/items', query: 'page=2' }],
  ['http://api.test/v1/items?page=2', { path: '/items', query: 'page=2' }],
  ['https://API.test:443/v1/items?a=%20b&key=old', { path: '/items', query: 'a=%20b' }],
  ['?page=2', { path: '/items', query: 'page=2' }],
  ['items/next', { path: '/items/next', query: '' }],
  ['https://here.test/apim/items/c1/items?page=2', { path: '/items', query: 'page=2' }],
  ['https://here.test/apim/items/c2/items', 'page-refused'],
  ['https://api.test:444/v1/items', 'page-refused'],
  ['https://api.test.evil.test/v1/items', 'page-refused'],
  ['https://api.test@evil.test/v1/items', 'page-refused'],
  ['https://here.test/apim/items/c1/../c2/items', 'page-refused'],
  ['https://api.test/v1', 'page-refused'],
  ['', undefined],
])('takes the link %s for what it is', (link, expected) => {
  expect(next(link)).toEqual(expected);
});

it.each<[string, unknown]>([
  ['<https://api.test/v1/items?page=2>; rel="next"', { path: '/items', query: 'page=2' }],
  ['</v1/items?page=1>; rel=prev, </v1/items?page=3>;rel=next', { path: '/items', query: 'page=3' }],
  ['</v1/items?page=3>; title="a; rel=x, b"; rel="last next"', { path: '/items', query: 'page=3' }],
  ['</v1/items?page=3>; REL="Last Next"', { path: '/items', query: 'page=3' }],
  ['</v1/items?page=3>', undefined],
  ['not a link', undefined],
])('reads the Link header %s', (header, expected) => {
  expect(nextTarget({ kind: 'link-header' }, target, pageWith(header), place)).toEqual(expected);
});

it('leads nowhere but below the base, whatever a link says', () => {
  const piece = fc.constantFrom(
    'https://',
    'http://',
    '//',
    '/',
    '\\',
    '..',
    '.',
    '%2e',
    '%2f',
    '%25',
    '@',
    ':',
    '?',
    '#',
    '&',
    '=',
    'v1',
    'items',
    'api.test',
    'evil.test',
    'here.test',
    'apim/items/c1',
    'key',
    '\t',
    '\n',
    ' ',
    '\0',
    '[::1]',
    '443',
  );
  const link = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join('')),
  );
  fc.assert(
    fc.property(link, (text) => {
      const found = next(text);
      if (found === undefined || found === 'page-refused') return true;
      const { path, query } = found as { readonly path: string; readonly query: string };
      const url = new URL(`https://api.test/v1${path}?${query}`);
      return url.host === 'api.test' && url.pathname.startsWith('/v1/') && !escapesPath(path) && path.startsWith('/');
    }),
    { seed: 4, numRuns: 5000 },
  );
});
