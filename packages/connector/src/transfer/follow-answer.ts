import { setTimeout as sleep } from 'node:timers/promises';
import { EgressError, type EgressResponse, retryAfterMs } from '@patchbay/egress';
import { ConnectorError } from '../errors.ts';
import type { CallUnderWay } from './call-under-way.ts';
import { locationOf, shownAddress } from './locate.ts';

/** As the ecosystem asks when an API does not say when to. */
const usualPollMs = 20_000;
/** However eager an API is to be asked. */
const leastPollMs = 100;

/** An answer, and where it was asked for: nowhere but by the call itself when undefined. */
export type Followed = { readonly answer: EgressResponse; readonly location: string | undefined };

/**
 * The answer of an asynchronous operation: a 202 says by `Location` where to ask for it and by `Retry-After` when (reference: Logic Apps,
 * asynchronous pattern). A 202 without a Location is an answer. Throws `ConnectorError` `answer-pending` when the call's time is over
 * before there is one, and `location-refused`.
 */
export async function followAnswer(call: CallUnderWay, first: EgressResponse): Promise<Followed> {
  const deadlineMs = Date.now() + call.timeoutMs;
  let answer = first;
  let location: string | undefined;
  for (let poll = 1; answer.status === 202; poll += 1) {
    location = locationOf(answer) ?? location;
    if (location === undefined) break;
    const waitMs = Math.max(leastPollMs, retryAfterMs(answer.headers['retry-after']) ?? usualPollMs);
    await answer.bytes();
    if (Date.now() + waitMs >= deadlineMs) throw pending(call, location);
    await pause(waitMs, call.signal);
    answer = await call.sendTo(location, {
      name: `poll ${poll}`,
      method: 'GET',
      headers: {},
      timeoutMs: Math.max(1, deadlineMs - Date.now()),
    });
  }
  return { answer, location };
}

function pending({ timeoutMs }: CallUnderWay, location: string): ConnectorError {
  return new ConnectorError(
    'answer-pending',
    `The API has taken the call on and had no answer within ${timeoutMs / 1000} seconds. It says to ask for it at ${shownAddress(location)}.`,
  );
}

async function pause(waitMs: number, signal: AbortSignal | undefined): Promise<void> {
  try {
    await sleep(waitMs, undefined, signal && { signal });
  } catch (error) {
    throw new EgressError('aborted', 'The call was ended while it waited for its answer.', { cause: error });
  }
}
