import { createHash, createHmac } from 'node:crypto';
import type { Credential } from './contract.ts';

/** A request as it goes out, whole. */
export type SignableRequest = {
  readonly method: string;
  readonly url: string;
  readonly headers: { readonly [name: string]: string };
  readonly body?: string | Uint8Array;
};

/** Whether a credential signs requests, and so has to see their bodies. */
export function isSigning(credential: Credential): boolean {
  return signatureOf(credential) !== undefined;
}

/** Signs a request that nothing changes any more (AWS Signature Version 4); answers the headers to send. */
export function signRequest(
  request: SignableRequest,
  credential: Credential,
  nowMs: number,
): SignableRequest['headers'] {
  const aws = signatureOf(credential);
  if (aws === undefined) return request.headers;
  const url = new URL(request.url);
  const timestamp = new Date(nowMs).toISOString().replace(/[-:]|\.\d+/g, '');
  const date = timestamp.slice(0, 8);
  const payload = sha256(request.body ?? '');
  const own = {
    host: url.host,
    'x-amz-date': timestamp,
    // S3 wants to be told; the others know it from the body.
    ...(aws.service === 's3' && { 'x-amz-content-sha256': payload }),
    ...(aws.sessionToken !== undefined && { 'x-amz-security-token': aws.sessionToken }),
  };
  const sent = without(request.headers, [...Object.keys(own), 'authorization']);
  const signed = signedHeaders({ ...sent, ...own });
  const names = signed.map(([name]) => name).join(';');
  const canonical = [
    request.method.toUpperCase(),
    canonicalPath(url.pathname, aws.service),
    canonicalQuery(url.search),
    ...signed.map(([name, value]) => `${name}:${value}`),
    '',
    names,
    payload,
  ].join('\n');
  const scope = `${date}/${aws.region}/${aws.service}/aws4_request`;
  const toSign = ['AWS4-HMAC-SHA256', timestamp, scope, sha256(canonical)].join('\n');
  const key = [date, aws.region, aws.service, 'aws4_request'].reduce<string | Buffer>(
    (secret, part) => createHmac('sha256', secret).update(part).digest(),
    `AWS4${aws.secretAccessKey}`,
  );
  const signature = createHmac('sha256', key).update(toSign).digest('hex');
  const { host: _, ...added } = own;
  return {
    ...sent,
    ...added,
    authorization: `AWS4-HMAC-SHA256 Credential=${aws.accessKeyId}/${scope}, SignedHeaders=${names}, Signature=${signature}`,
  };
}

type AwsSignature = Extract<Credential, { kind: 'awsSignature' }>;

function signatureOf(credential: Credential): AwsSignature | undefined {
  if (credential.kind === 'awsSignature') return credential;
  if (credential.kind !== 'all') return undefined;
  return credential.credentials.map(signatureOf).find((one) => one !== undefined);
}

/** What is sure to arrive as it was sent: proxies change others. */
function signedHeaders(headers: SignableRequest['headers']): readonly (readonly [string, string])[] {
  return Object.entries(headers)
    .map(([name, value]) => [name.toLowerCase(), value.trim().replace(/ +/g, ' ')] as const)
    .filter(([name]) => name === 'host' || name === 'content-type' || name.startsWith('x-amz-'))
    .sort(([left], [right]) => (left < right ? -1 : 1));
}

/** Every service but S3 has each segment encoded once more than it is sent. */
function canonicalPath(path: string, service: string): string {
  const segments = path.split('/').map((segment) => encode(decode(segment)));
  const once = segments.join('/');
  return service === 's3' ? once : segments.map(encode).join('/');
}

function canonicalQuery(search: string): string {
  return search
    .slice(1)
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair) => {
      const [name = '', ...value] = pair.split('=');
      return [encode(decode(name)), encode(decode(value.join('=')))] as const;
    })
    .sort(([leftName, left], [rightName, right]) => compare(leftName, rightName) || compare(left, right))
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
}

function compare(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

function encode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function sha256(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}

function without(headers: SignableRequest['headers'], names: readonly string[]): SignableRequest['headers'] {
  const dropped = new Set(names);
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !dropped.has(name.toLowerCase())));
}
