import { type CallOptions, ConnectorError, compile, secretParameterNames } from '@patchbay/connector';
import { createRedactor, secretsOf } from '@patchbay/credential';
import type { ConnectorModel } from '@patchbay/definition';
import { EgressError } from '@patchbay/egress';
import { basePathsOf, pathsBelow } from '../definition/base-paths.ts';
import { type Answerer, type MockAnswer, refusal } from '../message.ts';
import { type Cassette, emptyCassette } from './cassette.ts';
import { createCleaner } from './without-secrets.ts';

export type RecorderOptions = {
  readonly model: ConnectorModel;
  /** How the real API is called: the connection's credential is added, and kept out of what is recorded. */
  readonly call: CallOptions;
  /** Told after each exchange, with all of them so far. */
  readonly onRecorded: (cassette: Cassette) => void;
};

/** Of an answer's headers, what belongs to the connection that it came by. */
const hopHeaders = /^(connection|keep-alive|transfer-encoding|trailer|upgrade|content-encoding|content-length)$/;

/** Passes requests on to the real API, through the connector's own way out, and keeps what was asked and answered, without secrets. */
export function createRecorder({ model, call, onRecorded }: RecorderOptions): Answerer {
  const connector = compile(model);
  const basePaths = basePathsOf(model);
  const secrets = secretsIn(model, call);
  const inLatin1 = secrets.map((secret) => Buffer.from(secret, 'utf8').toString('latin1'));
  const clean = createCleaner(model, createRedactor(secrets), createRedactor([...secrets, ...inLatin1]));
  let cassette = emptyCassette(model.info.title);
  return async (request) => {
    const paths = pathsBelow(basePaths, request.path);
    const path = paths.find((one) => connector.match(request.method, one) !== undefined) ?? paths[0] ?? request.path;
    const { body, ...rest } = request;
    let answer: MockAnswer;
    try {
      const response = await connector.forward({ ...rest, path, ...(body.length > 0 && { body }) }, call);
      const headers = Object.entries(response.headers).filter(([name]) => !hopHeaders.test(name));
      answer = { status: response.status, headers: Object.fromEntries(headers), body: await response.bytes() };
    } catch (error) {
      // What the API never answered is not recorded.
      if (error instanceof ConnectorError || error instanceof EgressError)
        return refusal(502, error.code, error.message);
      throw error;
    }
    const interaction = { request: clean.request(request), response: clean.response(answer) };
    cassette = { ...cassette, interactions: [...cassette.interactions, interaction] };
    onRecorded(cassette);
    return answer;
  };
}

function secretsIn(model: ConnectorModel, { credential, connectionParameters = {} }: CallOptions): readonly string[] {
  const names = secretParameterNames(model);
  const held = Object.entries(connectionParameters).flatMap(([name, value]) =>
    names.has(name) && typeof value === 'string' ? [value] : [],
  );
  return [...secretsOf(credential), ...held];
}
