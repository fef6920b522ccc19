import type { JsonObject, JsonValue } from '@patchbay/definition';

/** Bytes as a JSON value, as the workflow language carries them. */
export type Envelope = { readonly contentType: string; readonly bytes: Uint8Array; readonly fileName?: string };

/** Reads `{"$content-type", "$content"}`; undefined for anything else. */
export function readEnvelope(value: JsonValue | undefined): Envelope | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const { $content: content, '$content-type': contentType, $filename: fileName } = value as JsonObject;
  if (typeof content !== 'string') return undefined;
  return {
    contentType: typeof contentType === 'string' ? contentType : 'application/octet-stream',
    bytes: Buffer.from(content, 'base64'),
    ...(typeof fileName === 'string' && { fileName }),
  };
}

export function toEnvelope(contentType: string, bytes: Uint8Array): JsonObject {
  return { '$content-type': contentType, $content: Buffer.from(bytes).toString('base64') };
}
