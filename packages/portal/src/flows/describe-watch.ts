import type { TriggerState, Watch } from '../api/triggers.ts';

/** What a watch does at the moment, in a sentence. */
export function describeWatch({ kind, status }: Watch): string {
  const isPoll = kind === 'poll';
  switch (status) {
    case 'Starting':
      return isPoll ? 'About to ask the API for the first time' : 'Subscribing to events at the API';
    case 'Active':
      return isPoll ? 'Asks the API for what is new' : 'Subscribed: the API calls when something happens';
    case 'Stopped':
      return 'Asks nothing while the flow is stopped; it goes on from where it was';
    case 'Ending':
      return 'Giving the subscription back';
    case 'Failed':
      return isPoll ? 'Does not ask the API any more' : 'Not subscribed';
    case 'EndFailed':
      return 'A subscription could not be given back: the API may go on calling, and nobody listens';
  }
}

const events = {
  subscribe: 'Subscribe',
  renew: 'Renew',
  unsubscribe: 'Give back',
  poll: 'Poll',
  fire: 'Fire',
} as const;

/** A line of a trigger's history. */
export function describeNote({ event, status, code, message }: TriggerState['notes'][number]): string {
  return status === 'Succeeded' ? `${events[event]}: done` : `${events[event]}: ${message ?? code}`;
}
