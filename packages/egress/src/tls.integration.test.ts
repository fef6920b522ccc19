import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TLSSocket } from 'node:tls';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createEgress } from './egress.ts';

const missing = spawnSync('openssl', ['version']).status === 0 ? undefined : 'openssl is not installed';
const egress = createEgress();
const rules = { allow: ['loopback'] };
const files: { [name: string]: string } = {};
const servers: { [name: string]: { readonly server: Server; readonly origin: string } } = {};

/** A private authority, a server's certificate and a client's under it. */
beforeAll(async () => {
  if (missing !== undefined) return;
  const folder = mkdtempSync(join(tmpdir(), 'patchbay-tls-'));
  const openssl = (...given: readonly string[]): void => {
    const { status, stderr } = spawnSync('openssl', given, { cwd: folder, encoding: 'utf8' });
    if (status !== 0) throw new Error(stderr);
  };
  const ec = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  openssl('req', '-x509', ...ec, '-keyout', 'ca.key', '-out', 'ca.pem', '-subj', '/CN=Private authority', '-days', '2');
  writeFileSync(join(folder, 'names'), 'subjectAltName=IP:127.0.0.1');
  for (const name of ['server', 'client']) {
    openssl('req', ...ec, '-keyout', `${name}.key`, '-out', `${name}.csr`, '-subj', `/CN=${name}`);
    const extensions = name === 'server' ? ['-extfile', 'names'] : [];
    const authority = ['-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial', '-days', '2'];
    openssl('x509', '-req', '-in', `${name}.csr`, '-out', `${name}.pem`, ...authority, ...extensions);
  }
  for (const name of ['ca.pem', 'server.pem', 'server.key', 'client.pem', 'client.key']) {
    files[name] = readFileSync(join(folder, name), 'utf8');
  }
  rmSync(folder, { recursive: true });
  servers['first'] = await listen();
  servers['second'] = await listen();
});
afterAll(async () => {
  await egress.close();
  for (const { server } of Object.values(servers)) server.closeAllConnections();
  for (const { server } of Object.values(servers)) server.close();
});

/** Says who the client is, and redirects to the address that it is asked to. */
async function listen() {
  const options = { cert: files['server.pem'], key: files['server.key'], ca: files['ca.pem'] };
  const server = createServer({ ...options, requestCert: true, rejectUnauthorized: false }, (request, response) => {
    const target = new URL(request.url ?? '/', 'https://x').searchParams.get('to');
    if (target !== null) response.writeHead(302, { location: target }).end();
    else response.end((request.socket as TLSSocket).getPeerCertificate().subject?.CN ?? 'nobody');
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return { server, origin: `https://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

async function ask(path: string, tls?: object): Promise<string> {
  const url = `${servers['first']?.origin}${path}`;
  const response = await egress.send({ method: 'GET', url, headers: {}, ...(tls !== undefined && { tls }) }, rules);
  return Buffer.from(await response.bytes()).toString('utf8');
}

const test = it.skipIf(missing !== undefined);
const needs = missing === undefined ? '' : ` (${missing})`;

test(`refuses a private authority unless the request trusts it${needs}`, async () => {
  await expect(ask('/')).rejects.toMatchObject({ code: 'tls-failed' });
  expect(await ask('/', { authorities: files['ca.pem'] })).toBe('nobody');
  // Nor does trust of one request rub off on another.
  await expect(ask('/')).rejects.toMatchObject({ code: 'tls-failed' });
});

test(`shows the client’s certificate, on connections of its own${needs}`, async () => {
  const client = { certificate: files['client.pem'], key: files['client.key'], authorities: files['ca.pem'] };
  expect(await ask('/', client)).toBe('client');
  expect(await ask('/', { ...client, key: client.key?.replaceAll('\n', '\\n') })).toBe('client');
  expect(await ask('/', { authorities: files['ca.pem'] })).toBe('nobody');
});

test(`keeps certificate and trust from another origin that it is redirected to${needs}`, async () => {
  const client = { certificate: files['client.pem'], key: files['client.key'], authorities: files['ca.pem'] };
  const elsewhere = encodeURIComponent(`${servers['second']?.origin}/`);
  await expect(ask(`/?to=${elsewhere}`, client)).rejects.toMatchObject({ code: 'tls-failed' });
  expect(await ask(`/?to=${encodeURIComponent('/')}`, client)).toBe('client');
});
