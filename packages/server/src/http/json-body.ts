import type { FastifyInstance } from 'fastify';
import { PlatformError } from '../errors/platform-error.ts';

/** What follows a body walks it by recursion, so its depth has a bound; definitions are read to the same one. */
const deepestNesting = 500;

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
    else if (nestsDeeper(text, deepestNesting)) {
      done(new PlatformError('InvalidRequest', `The body nests deeper than ${deepestNesting} levels.`), undefined);
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

/** Whether a JSON text opens more than so many arrays and objects at once; brackets inside strings do not count. */
export function nestsDeeper(text: string, levels: number): boolean {
  // As many closings as openings: a shorter text cannot.
  if (text.length <= 2 * levels) return false;
  let depth = 0;
  let isInString = false;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (isInString) {
      if (code === backslash) index += 1;
      else if (code === quote) isInString = false;
    } else if (code === quote) isInString = true;
    else if (code === openBracket || code === openBrace) {
      depth += 1;
      if (depth > levels) return true;
    } else if (code === closeBracket || code === closeBrace) depth -= 1;
  }
  return false;
}

const quote = 0x22;
const backslash = 0x5c;
const openBracket = 0x5b;
const closeBracket = 0x5d;
const openBrace = 0x7b;
const closeBrace = 0x7d;
