import { invalidArgument } from '../check-arguments.ts';

/** The bytes of base64 text; blanks and missing padding are tolerated, other characters are not. */
export function decodeBase64Text(functionName: string, text: string): Uint8Array {
  const compact = text.replace(/\s+/g, '');
  const unpadded = compact.replace(/={0,2}$/, '');
  if (/[^A-Za-z0-9+/]/.test(unpadded) || unpadded.length % 4 === 1) {
    throw invalidArgument(
      functionName,
      `was given '${text.length > 60 ? `${text.slice(0, 60)}…` : text}', which is not base64.`,
    );
  }
  return Buffer.from(unpadded, 'base64');
}
