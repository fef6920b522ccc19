import { expect, it } from 'vitest';
import { ConfigurationError } from './configuration/configuration-error.ts';
import { describeStartFailure } from './start-failure.ts';

it.each([
  [new ConfigurationError('PORT is "x".'), 'PORT is "x".', 2],
  [
    systemError({ code: 'EADDRINUSE', address: '127.0.0.1', port: 4310 }),
    'Port 4310 of 127.0.0.1 is in use. Stop what listens there, or choose another port: PORT=4320 npm start',
    1,
  ],
  [
    systemError({ code: 'EADDRNOTAVAIL', address: '192.0.2.1' }),
    'This machine has no address 192.0.2.1. Set HOST to one that it has.',
    1,
  ],
  [
    systemError({ code: 'EACCES', address: '127.0.0.1', port: 80 }),
    'This user may not listen on port 80 of 127.0.0.1. Choose one above 1023 with PORT.',
    1,
  ],
  [
    systemError({ code: 'EACCES', path: '/data/patchbay.db' }),
    '/data/patchbay.db cannot be written: this user has no permission. Give it, or choose another data folder with PATCHBAY_DATA.',
    1,
  ],
  [
    systemError({ code: 'EROFS', path: '/data/patchbay.db' }),
    '/data/patchbay.db cannot be written: the file system is read-only. Choose another data folder with PATCHBAY_DATA.',
    1,
  ],
  [
    systemError({ code: 'ENOSPC', path: '/data/master.key' }),
    'The disk is full: /data/master.key could not be written. Make room and start again.',
    1,
  ],
])('tells what to do about %s', (error, message, exitCode) => {
  expect(describeStartFailure(error)).toEqual({ message, exitCode });
});

function systemError(members: object): Error {
  return Object.assign(new Error('refused'), members);
}
