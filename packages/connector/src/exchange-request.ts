import type { EgressResponse } from '@patchbay/egress';
import type { Callable } from './callable.ts';
import type { CallOptions } from './contract.ts';
import { tellPathRefused } from './errors.ts';
import { observeNothing } from './explain/observe.ts';
import {
  applyToAnswer,
  type FindCallable,
  type ForwardedRequest,
  type PreparedForward,
  prepareForwarded,
  targetOf,
} from './forward-request.ts';
import { forwardSoap } from './soap/forward-soap.ts';
import { answerOf, wholeOfLocation } from './transfer/answer-of.ts';
import { beginCall, type ConnectorCall } from './transfer/connector-call.ts';
import { contentTransferOf } from './transfer/content-transfer.ts';
import { absoluteLocation } from './transfer/locate.ts';

/** Sends a raw request for who holds both bodies whole, in as many requests as its answer takes. */
export async function exchangeRequest(
  find: FindCallable,
  request: ForwardedRequest,
  options: CallOptions,
): Promise<EgressResponse> {
  try {
    const target = targetOf(find, request);
    const { operation, plain } = target;
    if (operation.model.soap !== undefined) return await forwardSoap(operation, request.body, plain.headers, options);
    const call = await begin(target, request, options);
    const response = await answerOf(call, {
      transfer: contentTransferOf(operation.model, options.contentTransfer),
      followsLocation: options.disableAsyncPattern !== true,
    });
    return await applyToAnswer(operation, response, call.prepared.context);
  } catch (error) {
    throw tellPathRefused(error, options.onPathRefused);
  }
}

/** Asks for the answer of a raw request that was answered with 202 before; that of another 202 has an absolute `location`. */
export async function pollRequest(
  find: FindCallable,
  request: ForwardedRequest,
  location: string,
  options: CallOptions,
): Promise<EgressResponse> {
  try {
    const target = targetOf(find, request);
    const call = await begin(target, request, options);
    const url = absoluteLocation(location, call.prepared.request.url);
    const answer = await call.sendTo(url, { name: 'poll', method: 'GET', headers: {} });
    const transfer = contentTransferOf(target.operation.model, options.contentTransfer);
    const whole = await wholeOfLocation(call, answer, url, transfer);
    const response = await applyToAnswer(target.operation, whole, call.prepared.context);
    const next = response.status === 202 ? (response.headers['location'] ?? '') : '';
    if (next === '') return response;
    return { ...response, headers: { ...response.headers, location: absoluteLocation(next, url) } };
  } catch (error) {
    throw tellPathRefused(error, options.onPathRefused);
  }
}

function begin(
  { operation, plain }: { readonly operation: Callable; readonly plain: Parameters<typeof prepareForwarded>[2] },
  request: ForwardedRequest,
  options: CallOptions,
): Promise<ConnectorCall<PreparedForward>> {
  return beginCall(
    {
      plain,
      baseUrl: operation.baseUrl,
      expiryRules: operation.expiryRules,
      redirect: 'manual',
      observe: observeNothing,
      prepare: (current) => prepareForwarded(operation, request, plain, current),
    },
    options,
  );
}
