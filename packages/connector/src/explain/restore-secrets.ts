import { type Redactor, redacted } from '@patchbay/credential';
import type { JsonObject, JsonValue } from '@patchbay/definition';
import { ConnectorError } from '../errors.ts';

/**
 * Puts the secrets back that were shown as `***` in what a person edited: each only where it stood, unchanged, so that an edit cannot
 * move it to where it would be seen. Throws `replay-invalid` where something else stands around the `***` of a secret.
 */
export function restoreSecrets(edited: JsonValue, actual: JsonValue | undefined, redact: Redactor): JsonValue {
  if (typeof edited === 'string') return typeof actual === 'string' ? restoreText(edited, actual, redact) : edited;
  if (Array.isArray(edited)) {
    const items: readonly JsonValue[] = Array.isArray(actual) ? actual : [];
    return edited.map((item: JsonValue, index) => restoreSecrets(item, items[index], redact));
  }
  if (typeof edited !== 'object' || edited === null) return edited;
  const members = isObject(actual) ? actual : ((typeof actual === 'string' ? parseObject(actual) : undefined) ?? {});
  return Object.fromEntries(
    Object.entries(edited as JsonObject).map(([name, value]) => {
      const own = Object.keys(members).find((key) => redact(key) === name);
      return [own ?? name, restoreSecrets(value, own === undefined ? undefined : members[own], redact)];
    }),
  );
}

/** The same for an address: whole, or its path and each pair of its query by itself. */
export function restoreUrl(edited: string, actual: string, redact: Redactor): string {
  if (edited === redact(actual)) return actual;
  const [path = '', query] = splitOnce(edited);
  const [actualPath = '', actualQuery = ''] = splitOnce(actual);
  const restored = restoreText(path, actualPath, redact);
  if (query === undefined) return restored;
  const actualPairs = actualQuery.split('&');
  const pairs = query.split('&').map((pair) => {
    const name = pair.split('=', 1)[0];
    const own = actualPairs.find((one) => one.split('=', 1)[0] === name);
    return own === undefined ? pair : restoreText(pair, own, redact);
  });
  return `${restored}?${pairs.join('&')}`;
}

function restoreText(edited: string, actual: string, redact: Redactor): string {
  const shown = redact(actual);
  if (edited === shown) return actual;
  if (shown === actual || !edited.includes(redacted)) return edited;
  const [left, right] = [parseObject(edited), parseObject(actual)];
  if (left !== undefined && right !== undefined) return JSON.stringify(restoreSecrets(left, right, redact));
  throw new ConnectorError(
    'replay-invalid',
    `"${edited}" changes what stands around a secret (${redacted}). Leave it as it was shown, or write another value in its place.`,
  );
}

function parseObject(text: string): JsonObject | undefined {
  try {
    const value = JSON.parse(text) as JsonValue;
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function splitOnce(url: string): readonly [string, string?] {
  const mark = url.indexOf('?');
  return mark === -1 ? [url] : [url.slice(0, mark), url.slice(mark + 1)];
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
