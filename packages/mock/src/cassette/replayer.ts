import type { ConnectorModel } from '@patchbay/definition';
import { type Answerer, type MockAnswer, refusal } from '../message.ts';
import type { Cassette, Interaction } from './cassette.ts';
import { asksTheSame, createCleaner } from './without-secrets.ts';

/**
 * Answers as the real API did when the cassette was recorded. Where the same was asked several times the answers come in their order,
 * and the last of them from then on.
 */
export function createReplayer(model: ConnectorModel, { interactions }: Cassette): Answerer {
  const clean = createCleaner(model, (text) => text);
  const waiting = [...interactions];
  return async (request) => {
    const asked = clean.request(request);
    const index = waiting.findIndex((one) => asksTheSame(asked, one));
    const found = waiting[index];
    if (found === undefined) {
      const target = `${asked.method} ${asked.path}${asked.query === '' ? '' : `?${asked.query}`}`;
      return refusal(404, 'NotRecorded', `The cassette has no answer to ${target}${withBody(asked.body)}.`);
    }
    if (waiting.some((one, at) => at > index && asksTheSame(asked, one))) waiting.splice(index, 1);
    return toAnswer(found);
  };
}

function withBody(body: string): string {
  return body === '' ? '' : ' with this body';
}

function toAnswer({ response: { status, headers, body, bodyEncoding } }: Interaction): MockAnswer {
  return { status, headers, body: bodyEncoding === 'base64' ? Buffer.from(body, 'base64') : body };
}
