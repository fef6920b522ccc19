import { checkTextLength } from '../limits.ts';

/** Bytes as base64 text that is not longer than texts may be. */
export function encodeBase64Text(functionName: string, bytes: Buffer): string {
  checkTextLength(functionName, Math.ceil(bytes.length / 3) * 4);
  return bytes.toString('base64');
}
