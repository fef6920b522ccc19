import { invalidArgument } from '../check-arguments.ts';

/** The bytes of base64 text as .NET's Convert.FromBase64String reads it: blanks are skipped, padding is not to be missing. */
export function decodeBase64Text(functionName: string, text: string): Buffer {
  const compact = /[ \t\r\n]/.test(text) ? text.replace(/[ \t\r\n]+/g, '') : text;
  if (compact.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(compact)) {
    const shown = text.length > 60 ? `${text.slice(0, 60)}…` : text;
    throw invalidArgument(
      functionName,
      `was invoked with a parameter that is not valid. The value '${shown}' cannot be decoded from base64 representation.`,
    );
  }
  return Buffer.from(compact, 'base64');
}
