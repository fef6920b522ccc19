import { jsonNestsTooDeep, maximumJsonDepth } from '@patchbay/expression';
import type { FastifyInstance } from 'fastify';
import { PlatformError } from '../errors/platform-error.ts';

/**
 * Reads JSON bodies: members named `__proto__` or `constructor.prototype` are refused, and so is one that nests deeper than 500 levels.
 * An empty body is none, as clients of the ecosystem send `content-type: application/json` with nothing after it.
 */
export function readJson(scope: FastifyInstance): void {
  const parse = scope.getDefaultJsonParser('error', 'error');
  scope.removeContentTypeParser('application/json');
  scope.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    const text = body as string;
    if (text === '') done(null, undefined);
    else if (jsonNestsTooDeep(text)) {
      done(new PlatformError('InvalidRequest', `The body nests deeper than ${maximumJsonDepth} levels.`), undefined);
    } else {
      parse(request, text, (error, value) => (error === null ? done(null, value) : done(refusal(text), undefined)));
    }
  });
}

/** Why the parser refused a text: the framework's own error does not say. */
function refusal(text: string): PlatformError {
  try {
    JSON.parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return new PlatformError('InvalidRequest', `The body is not JSON: ${reason}.`, { cause: error });
  }
  return new PlatformError('InvalidRequest', 'The body has a member "__proto__" or "constructor", which is refused.');
}
