import fc from 'fast-check';
import { expect, it } from 'vitest';
import { applyCredential } from './apply-credential.ts';
import { CredentialError } from './errors.ts';
import { generateMasterKey, parseMasterKey } from './master-key.ts';
import { createRedactor, redactValue, secretsOf } from './redactor.ts';
import { createVault, rewrap } from './vault.ts';

const request = { url: 'https://api.test/v1/items?q=1', headers: { accept: 'application/json' } };

it('opens what it sealed', async () => {
  await fc.assert(
    fc.asyncProperty(fc.dictionary(fc.string(), fc.string()), fc.string(), async (values, context) => {
      const vault = createVault({ masterKey: parseMasterKey(generateMasterKey()) });
      expect(await vault.open(await vault.seal(values, context), context)).toEqual({ ...values });
    }),
    { numRuns: 50 },
  );
});

it('uses a data key of its own for every seal', async () => {
  const vault = createVault({ masterKey: parseMasterKey(generateMasterKey()) });
  const [first, second] = [await vault.seal({ a: 'x' }, 'c'), await vault.seal({ a: 'x' }, 'c')];
  expect(first.sealed).not.toBe(second.sealed);
  expect(first.wrappedKey).not.toBe(second.wrappedKey);
  expect(JSON.stringify(first)).not.toContain('x"');
});

it('refuses a secret that was moved to another connection', async () => {
  const vault = createVault({ masterKey: parseMasterKey(generateMasterKey()) });
  await expect(vault.open(await vault.seal({ a: 'b' }, 'one'), 'two')).rejects.toMatchObject({
    code: 'secret-damaged',
  });
});

it('refuses a secret of which any byte was changed', async () => {
  const vault = createVault({ masterKey: parseMasterKey(generateMasterKey()) });
  const sealed = await vault.seal({ key: 'value' }, 'c');
  for (const member of ['wrappedKey', 'sealed'] as const) {
    const bytes = Buffer.from(sealed[member], 'base64');
    for (let index = 0; index < bytes.length; index += 1) {
      const changed = Buffer.from(bytes);
      changed[index] = (changed[index] ?? 0) ^ 1;
      await expect(vault.open({ ...sealed, [member]: changed.toString('base64') }, 'c')).rejects.toMatchObject({
        code: 'secret-damaged',
      });
    }
  }
});

it('names the master key that is missing and rewraps to another one', async () => {
  const [from, to] = [parseMasterKey(generateMasterKey()), parseMasterKey(generateMasterKey())];
  const sealed = await createVault({ masterKey: from }).seal({ a: 'b' }, 'c');
  await expect(createVault({ masterKey: to }).open(sealed, 'c')).rejects.toMatchObject({ code: 'master-key-unknown' });
  const rewrapped = rewrap(sealed, 'c', from, to);
  expect(rewrapped.sealed).toBe(sealed.sealed);
  expect(await createVault({ masterKey: to }).open(rewrapped, 'c')).toEqual({ a: 'b' });
});

it.each(['', 'short', 'not base64 !!', Buffer.alloc(31).toString('base64')])('refuses the master key %j', (text) => {
  expect(() => parseMasterKey(text)).toThrow(CredentialError);
});

it('puts an API key into a header, replacing one in another case', () => {
  expect(
    applyCredential(
      { ...request, headers: { 'X-KEY': 'theirs' } },
      { kind: 'apiKey', in: 'header', name: 'X-Key', value: 'k' },
    ),
  ).toEqual({ url: request.url, headers: { 'x-key': 'k' }, credentialHeaders: ['x-key'] });
});

it('puts an API key into the query, encoded, replacing one of the same name', () => {
  const credential = { kind: 'apiKey', in: 'query', name: 'api key', value: 'a&b=c d' } as const;
  expect(applyCredential({ ...request, url: 'https://api.test/?a=1&api%20key=theirs' }, credential).url).toBe(
    'https://api.test/?a=1&api%20key=a%26b%3Dc%20d',
  );
});

it('puts basic authentication into a header, in UTF-8', () => {
  expect(applyCredential(request, { kind: 'basic', username: 'test', password: '123£' }).headers['authorization']).toBe(
    'Basic dGVzdDoxMjPCow==',
  );
});

it('leaves a request without a credential as it is', () => {
  expect(applyCredential(request, { kind: 'none' })).toEqual({ ...request, credentialHeaders: [] });
});

it('refuses a key with a line break', () => {
  expect(() => applyCredential(request, { kind: 'apiKey', in: 'header', name: 'k', value: 'a\r\nx: y' })).toThrow(
    CredentialError,
  );
});

it('redacts a secret in every form it takes', () => {
  const credential = { kind: 'basic', username: 'ada', password: 'p@ss w"rd' } as const;
  const redact = createRedactor(secretsOf(credential));
  const { headers } = applyCredential(request, credential);
  expect(redact(headers['authorization'] ?? '')).toBe('Basic ***');
  expect(redact('a p@ss w"rd b')).toBe('a *** b');
  expect(redact(`x=${encodeURIComponent('p@ss w"rd')}`)).toBe('x=***');
  expect(redact(new URLSearchParams({ x: 'p@ss w"rd' }).toString())).toBe('x=***');
  expect(redact(JSON.stringify({ x: 'p@ss w"rd' }))).toBe('{"x":"***"}');
});

it('never lets a secret through, wherever it stands', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[a-z0-9]{6,30}$/), fc.string(), fc.string(), (secret, before, after) => {
      expect(createRedactor([secret])(`${before}${secret}${after}`)).not.toContain(secret);
      expect(redactValue({ [secret]: [secret] }, createRedactor([secret]))).toEqual({ '***': ['***'] });
    }),
  );
});
