import { expect, it } from 'vitest';
import { combineCredentials } from './client-certificate.ts';
import { isSigning, signRequest } from './sign-request.ts';

const aws = {
  kind: 'awsSignature',
  accessKeyId: 'AKIDEXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
  region: 'us-east-1',
  service: 'service',
} as const;
const nowMs = Date.parse('2015-08-30T12:36:00Z');
const url = 'https://example.amazonaws.com/';

/** Cases of the test suite that AWS publishes for Signature Version 4, by their names in it. */
it.each([
  [
    'get-vanilla',
    { method: 'GET', url, headers: {} },
    'host;x-amz-date',
    '5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31',
  ],
  [
    'get-vanilla-query-order-key-case',
    { method: 'GET', url: `${url}?Param2=value2&Param1=value1`, headers: {} },
    'host;x-amz-date',
    'b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500',
  ],
  [
    'post-x-www-form-urlencoded',
    { method: 'POST', url, headers: { 'Content-Type': 'application/x-www-form-urlencoded' }, body: 'Param1=value1' },
    'content-type;host;x-amz-date',
    'ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a',
  ],
])('signs as in the published case %s', (_name, request, signed, signature) => {
  expect(signRequest(request, aws, nowMs)).toEqual({
    ...request.headers,
    'x-amz-date': '20150830T123600Z',
    authorization: `AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, SignedHeaders=${signed}, Signature=${signature}`,
  });
});

it('puts a session token and, for S3, the hash of the body under the signature', () => {
  const credential = { ...aws, service: 's3', sessionToken: 'session' };
  const headers = signRequest(
    { method: 'GET', url: `${url}a%20b`, headers: { authorization: 'x' } },
    credential,
    nowMs,
  );
  expect(headers).toMatchObject({
    'x-amz-security-token': 'session',
    'x-amz-content-sha256': 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    authorization: expect.stringContaining('SignedHeaders=host;x-amz-content-sha256;x-amz-date;x-amz-security-token'),
  });
});

it('leaves requests of other credentials as they are', () => {
  const headers = { accept: 'text/plain' };
  const credential = { kind: 'bearer', token: 't' } as const;
  expect(signRequest({ method: 'GET', url, headers }, credential, nowMs)).toBe(headers);
  expect([isSigning(credential), isSigning(combineCredentials([credential, aws]))]).toEqual([false, true]);
});
