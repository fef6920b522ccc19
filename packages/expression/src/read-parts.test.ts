import fc from 'fast-check';
import { expect, it } from 'vitest';
import { contentToValue, valueToContent } from './content.ts';
import type { Value } from './contract.ts';
import { readFields } from './read-parts.ts';

const type = 'multipart/form-data; boundary=b';

function partsOf(text: string, contentType = type): unknown {
  return (contentToValue(contentType, Buffer.from(text)) as { readonly $multipart?: unknown }).$multipart;
}

it.each<[string, string, unknown]>([
  ['one part', '--b\r\nA: 1\r\n\r\nx\r\n--b--\r\n', [{ headers: { A: '1' }, body: 'x' }]],
  ['a boundary within a line', '--b\r\n\r\nx --b y\r\n--bx\r\n--b--', [{ headers: {}, body: 'x --b y\r\n--bx' }]],
  ['a text before the first part', 'before\r\n--b\r\n\r\nx\r\n--b--\r\nafter', [{ headers: {}, body: 'x' }]],
  ['blanks after the boundary', '--b \t\r\n\r\nx\r\n--b-- \r\n', [{ headers: {}, body: 'x' }]],
  [
    'line feeds alone',
    '--b\nA: 1\n\nx\n--b\n\ny\n--b--\n',
    [
      { headers: { A: '1' }, body: 'x' },
      { headers: {}, body: 'y' },
    ],
  ],
  ['an empty text', '--b\r\n\r\n\r\n--b--', [{ headers: {}, body: '' }]],
  [
    'an empty file',
    '--b\r\nContent-Type: image/png\r\n\r\n\r\n--b--',
    [{ headers: { 'Content-Type': 'image/png' }, body: null }],
  ],
  [
    'JSON that is none',
    '--b\r\nContent-Type: application/json\r\n\r\n{x\r\n--b--',
    [{ headers: { 'Content-Type': 'application/json' }, body: '{x' }],
  ],
  ['no end', '--b\r\n\r\nx\r\n--b\r\n\r\ny', [{ headers: {}, body: 'x' }]],
  ['nothing but an end', '--b--', []],
  ['no parts', 'x', []],
])('reads a body with %s', (_what, text, expected) => {
  expect(partsOf(text)).toEqual(expected);
});

it('reads parts of parts, and leaves deeper ones whole', () => {
  let body = 'x';
  for (const boundary of ['e', 'd', 'c', 'b']) {
    const inner =
      boundary === 'e'
        ? ''
        : `Content-Type: multipart/mixed; boundary=${String.fromCharCode(boundary.charCodeAt(0) + 1)}\r\n`;
    body = `--${boundary}\r\n${inner}\r\n${body}\r\n--${boundary}--`;
  }
  const levels: string[] = [];
  for (let value = contentToValue(type, Buffer.from(body)) as { readonly [name: string]: Value } | undefined; value; ) {
    levels.push(Object.keys(value).join());
    const [first] = (value['$multipart'] ?? []) as readonly { readonly body: typeof value }[];
    value = first?.body;
  }
  expect(levels).toEqual([
    '$content-type,$content,$multipart',
    '$content-type,$content,$multipart',
    '$content-type,$content,$multipart',
    '$content-type,$content',
  ]);
});

it('lists no more parts and fields than it may', () => {
  expect(partsOf(`${'--b\r\n\r\nx\r\n'.repeat(1500)}--b--`)).toHaveLength(1000);
  expect(readFields('a=1&'.repeat(20_000))).toHaveLength(10_000);
  expect(readFields('a=1&a=2&b=%C3%A9+x&c')).toEqual([
    { key: 'a', value: '1' },
    { key: 'a', value: '2' },
    { key: 'b', value: 'é x' },
    { key: 'c', value: '' },
  ]);
});

it('reads the parts that it has written', () => {
  const body = fc.oneof(
    fc.string({ unit: 'binary-ascii' }),
    fc.constantFrom('--b', '\r\n--b', '\r\n--b--x', '\n', '\r\n', '--', 'é\u{1F600}'),
  );
  fc.assert(
    fc.property(fc.array(body, { minLength: 1, maxLength: 5 }), (bodies) => {
      const parts = bodies.map((one, index) => ({ headers: { 'X-Index': String(index) }, body: one }));
      const written = valueToContent({ '$content-type': 'multipart/mixed', $multipart: parts });
      if (written === undefined) throw new Error('nothing was written');
      expect(partsOf(Buffer.from(written.bytes).toString('utf8'), written.contentType)).toEqual(parts);
    }),
    { seed: 7, numRuns: 500 },
  );
});

it('reads any bytes', () => {
  const piece = fc.constantFrom(
    '--b',
    '\r\n',
    '\n',
    '\r',
    ':',
    'A: 1',
    ' ',
    '--',
    'x',
    'Content-Type: multipart/mixed; boundary=b',
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
      expect(Array.isArray(partsOf(pieces.join('') || 'x'))).toBe(true);
    }),
    { seed: 8, numRuns: 2000 },
  );
});
