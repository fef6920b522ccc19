import { STATUS_CODES } from 'node:http';

/** Where .NET's HttpStatusCode, whose names are action codes, differs from the registered reason phrases. */
const otherNames: { readonly [statusCode: number]: string } = {
  300: 'MultipleChoices',
  413: 'RequestEntityTooLarge',
  414: 'RequestUriTooLong',
  416: 'RequestedRangeNotSatisfiable',
  418: 'ImATeapot',
  425: 'TooEarly',
  505: 'HttpVersionNotSupported',
};

/** The reason of an HTTP status as an action's code, e.g. 404 → `NotFound`. */
export function reasonName(statusCode: number): string {
  const other = otherNames[statusCode];
  if (other !== undefined) return other;
  const reason = STATUS_CODES[statusCode];
  return reason === undefined ? String(statusCode) : reason.replace(/[^A-Za-z]/g, '');
}
