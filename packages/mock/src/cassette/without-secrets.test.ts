import { createRedactor } from '@patchbay/credential';
import { readConnector } from '@patchbay/definition';
import { expect, it } from 'vitest';
import { createCleaner } from './without-secrets.ts';

const secret = 'sésame-7f';

it('takes secrets out of bodies that are no text, and leaves the other bytes as they are', () => {
  const { model } = readConnector({
    definition: {
      name: 'd',
      content: JSON.stringify({ swagger: '2.0', info: { title: 'T', version: '1' }, host: 'a.test', paths: {} }),
    },
  });
  if (model === undefined) throw new Error('no model');
  const inLatin1 = Buffer.from(secret, 'utf8').toString('latin1');
  const clean = createCleaner(model, createRedactor([secret]), createRedactor([secret, inLatin1]));
  const start = Buffer.from([0xff, 0xfe, 0x00, 0x80]);
  const body = Buffer.concat([start, Buffer.from(secret, 'utf8'), Buffer.from([0xc3]), Buffer.from(secret, 'latin1')]);
  const { body: kept, bodyEncoding } = clean.response({ status: 200, headers: { 'content-type': 'image/png' }, body });
  expect(bodyEncoding).toBe('base64');
  expect(Buffer.from(kept, 'base64')).toEqual(
    Buffer.concat([start, Buffer.from('***'), Buffer.from([0xc3]), Buffer.from('***')]),
  );
  const untouched = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x00, 0xff]);
  const same = clean.response({ status: 200, headers: {}, body: untouched });
  expect(Buffer.from(same.body, 'base64')).toEqual(untouched);
});
