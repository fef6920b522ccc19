import { EgressError } from '@patchbay/egress';
import { InvocationError } from '@patchbay/workflow';
import { expect, it } from 'vitest';
import { PlatformError } from '../errors/platform-error.ts';
import { toInvocationError } from './invocation-failure.ts';

it.each([
  ['a database that is away', new Error('Connection terminated unexpectedly'), 'InternalError', true],
  ['a connection that is reset', new EgressError('connection-reset', 'it was reset'), 'ConnectionReset', true],
  ['an address that is refused', new EgressError('address-refused', 'it is refused'), 'AddressRefused', false],
  ['a flow that is not there', new PlatformError('FlowNotFound', 'it is not there'), 'FlowNotFound', false],
  ['what says so itself', new InvocationError('Own', 'own'), 'Own', false],
])('tells whether another try may find the way open: %s', (_what, error, code, retryable) => {
  const failure = toInvocationError(error);
  expect([failure.code, failure.retryable]).toEqual([code, retryable]);
});
