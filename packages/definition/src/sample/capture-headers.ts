import type { Reading } from '../source/reading.ts';
import type { CapturedCredential, CapturedParameter } from './captured-request.ts';
import { isSecretName, readAuthorization, secretParameter } from './credential-headers.ts';
import { isBrowserHeader, isHeaderName, isTransportHeader } from './header-kinds.ts';

export type HeaderLine = {
  readonly name: string;
  readonly value: string;
  readonly description?: string;
  readonly required?: boolean;
  readonly default?: string;
  readonly pointer: string;
};

export type CapturedHeaders = {
  readonly parameters: readonly CapturedParameter[];
  readonly credentials: readonly CapturedCredential[];
  /** '' when none was sent. */
  readonly contentType: string;
  readonly accept: readonly string[];
};

/**
 * Sorts a request's headers: the media types, what authenticates it, what the transport writes, and the API's own, which become
 * parameters. `isBrowsers`: the headers are a browser's, so what browsers add is left out as well.
 */
export function captureHeaders(reading: Reading, lines: readonly HeaderLine[], isBrowsers = false): CapturedHeaders {
  const parameters: CapturedParameter[] = [];
  const credentials: CapturedCredential[] = [];
  const mediaTypes = { contentType: '', accept: [] as readonly string[] };
  for (const { name: written, value, description = '', pointer, ...rest } of lines) {
    const name = written.trim();
    const lower = name.toLowerCase();
    if (lower === 'content-type') mediaTypes.contentType ||= value.trim();
    else if (lower === 'accept') mediaTypes.accept = splitAccept(value);
    else if (lower === 'authorization') {
      credentials.push(readAuthorization(value));
      reading.lose('secret-not-kept', pointer, { name });
    } else if (lower === 'cookie') reading.lose('cookies-not-carried', pointer);
    else if (isTransportHeader(name) || (isBrowsers && isBrowserHeader(name))) {
      if (!isBrowsers) reading.lose('header-not-carried', pointer, { name });
    } else if (isSecretName(name)) {
      credentials.push(secretParameter('header', name));
      reading.lose('secret-not-kept', pointer, { name });
    } else if (isHeaderName(name)) {
      const { required = false, default: given } = rest;
      const about = { name, in: 'header', description, required, values: [value], pointer } as const;
      parameters.push(given === undefined ? about : { ...about, default: given });
    } else reading.lose('header-name-not-valid', pointer, { name: name.slice(0, 100) });
  }
  return { parameters, credentials, ...mediaTypes };
}

/** The media types of an `Accept` header in its order (RFC 9110 §12.5.1). */
function splitAccept(value: string): readonly string[] {
  return value
    .split(',')
    .map((one) => one.replace(/;\s*q=.*$/i, '').trim())
    .filter((one) => /^[\w!#$&^.+*-]+\/[\w!#$&^.+*-]+/.test(one));
}
