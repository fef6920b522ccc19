import { resolve } from 'node:path';
import { expect, it } from 'vitest';
import { ConfigurationError } from './configuration-error.ts';
import { readConfiguration } from './read-configuration.ts';

it('needs nothing to be set, and takes empty for absent', () => {
  const expected = {
    port: 4310,
    host: '127.0.0.1',
    dataFolder: resolve('./data'),
    masterKeyFile: resolve('./data/master.key'),
    logLevel: 'warn',
    maxBodyBytes: 20_971_520,
    callTimeoutMs: 120_000,
    commonRedirectUntilMs: Date.UTC(2024, 1, 17),
    drainTimeoutMs: 10_000,
    seed: 'example',
    signInLink: 'needed',
    examplePort: 4311,
    trustProxy: false,
    roles: ['web', 'worker'],
    runRetention: { days: 90, runsPerFlow: 0 },
  };
  expect(readConfiguration({})).toEqual(expected);
  expect(readConfiguration({ PORT: '', HOST: '', PATCHBAY_PUBLIC_URL: '' })).toEqual(expected);
});

it('takes an issuer with its clients and roles', () => {
  const { oidc } = readConfiguration({
    PATCHBAY_OIDC_ISSUER: 'https://login.example.org',
    PATCHBAY_OIDC_CLIENT_SECRET: 's',
    PATCHBAY_OIDC_ROLE_CLAIM: 'roles',
    PATCHBAY_OIDC_MAKER_ROLE: 'maker',
  });
  expect(oidc).toEqual({
    issuer: 'https://login.example.org',
    clientId: 'patchbay-portal',
    clientSecret: 's',
    cliClientId: 'patchbay-cli',
    roleClaim: 'roles',
    administratorRole: 'administrator',
    makerRole: 'maker',
  });
});

it('names every wrong value at once, and shows no secret', () => {
  const read = () =>
    readConfiguration({
      PORT: '70000',
      PATCHBAY_LOG_LEVEL: 'loud',
      PATCHBAY_DATABASE_URL: 'mysql://me:hush@db/patchbay',
      PATCHBAY_METRICS_TOKEN: 'hush',
      PATCHBAY_PUBLIC_URL: 'https://patchbay.example.org/below',
    });
  expect(read).toThrow(
    new ConfigurationError(
      [
        'PORT is "70000"; it takes a port number from 0 to 65535.',
        'PATCHBAY_PUBLIC_URL is "https://patchbay.example.org/below"; it takes an http or https origin such as https://patchbay.example.org.',
        'PATCHBAY_DATABASE_URL is not usable; it takes a postgres:// address.',
        'PATCHBAY_LOG_LEVEL is "loud"; it takes trace, debug, info, warn, error, fatal or silent.',
        'PATCHBAY_METRICS_TOKEN is not usable; it takes a text of at least 16 characters.',
      ].join('\n'),
    ),
  );
});

const shared = {
  PATCHBAY_DATABASE_URL: 'postgres://db/patchbay',
  PATCHBAY_PUBLIC_URL: 'https://patchbay.example.org',
};

it('takes roles, in any order and more than once', () => {
  const rolesOf = (PATCHBAY_ROLES: string) => readConfiguration({ ...shared, PATCHBAY_ROLES }).roles;
  expect([rolesOf('worker'), rolesOf('web'), rolesOf('worker, web'), rolesOf('web,web')]).toEqual([
    ['worker'],
    ['web'],
    ['web', 'worker'],
    ['web'],
  ]);
  expect(() => rolesOf('web;worker')).toThrow(
    'PATCHBAY_ROLES is "web;worker"; it takes web, worker or both with a comma between.',
  );
});

it.each([
  [{ PATCHBAY_REDIS_URL: 'redis://r' }, 'PATCHBAY_REDIS_URL is set and PATCHBAY_DATABASE_URL is not.'],
  [{ PATCHBAY_ROLES: 'worker' }, 'PATCHBAY_ROLES is "worker", and the file in the data folder is for one process'],
  [
    { PATCHBAY_ROLES: 'web', PATCHBAY_DATABASE_URL: 'postgres://db/patchbay' },
    'PATCHBAY_ROLES is "web": set PATCHBAY_PUBLIC_URL',
  ],
])('refuses %o, with which no several processes can work', (variables, message) => {
  expect(() => readConfiguration(variables)).toThrow(message);
});

it('takes the names that hosting platforms set, where both are there and none of its own', () => {
  const urls = (variables: { readonly [name: string]: string }) => {
    const { databaseUrl, redisUrl } = readConfiguration(variables);
    return [databaseUrl, redisUrl];
  };
  const platform = { DATABASE_URL: 'postgres://platform/db', REDIS_URL: 'redis://platform' };
  expect(urls(platform)).toEqual(['postgres://platform/db', 'redis://platform']);
  expect(urls({ ...platform, PATCHBAY_DATABASE_URL: 'postgres://own/db' })).toEqual(['postgres://own/db', undefined]);
  expect(urls({ DATABASE_URL: 'mysql://another/program' })).toEqual([undefined, undefined]);
  expect(urls({ REDIS_URL: 'redis://another' })).toEqual([undefined, undefined]);
  expect(() => readConfiguration({ ...platform, REDIS_URL: 'http://hush@platform' })).toThrow(
    'REDIS_URL is not usable; it takes a redis:// or rediss:// address.',
  );
});

it('lets others reach the server only under a name that is set', () => {
  expect(() => readConfiguration({ HOST: '0.0.0.0' })).toThrow(
    'HOST is "0.0.0.0", which others can reach; set PATCHBAY_PUBLIC_URL to the origin under which they do, or HOST to 127.0.0.1.',
  );
  expect(readConfiguration({ HOST: '0.0.0.0', PATCHBAY_PUBLIC_URL: 'https://patchbay.example.org/' }).publicUrl).toBe(
    'https://patchbay.example.org',
  );
});
