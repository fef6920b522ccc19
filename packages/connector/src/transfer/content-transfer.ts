import type { JsonObject, OperationModel } from '@patchbay/definition';

/** The wish to send and take a body in chunks, where the other side knows how (workflow definition language, `contentTransfer`). */
export type ContentTransfer = {
  /** No more than so many bytes in one request; what the API suggests when absent. */
  readonly uploadChunkBytes?: number;
  /** Asks for so many bytes at a time; what the API gives when absent. */
  readonly downloadChunkBytes?: number;
};

const bytesOfMegabyte = 1024 * 1024;

/**
 * What an operation makes of the wish: nothing unless it declares `chunkTransfer` in its `x-ms-capabilities`, and sizes within the
 * least and most that stand there.
 */
export function contentTransferOf(
  { extensions }: Pick<OperationModel, 'extensions'>,
  asked: ContentTransfer | undefined,
): ContentTransfer | undefined {
  const capabilities = extensions['x-ms-capabilities'];
  if (asked === undefined || !isObject(capabilities) || String(capabilities['chunkTransfer']) !== 'true') {
    return undefined;
  }
  const { uploadChunkBytes, downloadChunkBytes } = asked;
  return {
    ...(uploadChunkBytes !== undefined && { uploadChunkBytes: within(uploadChunkBytes, capabilities, 'Upload') }),
    ...(downloadChunkBytes !== undefined && {
      downloadChunkBytes: within(downloadChunkBytes, capabilities, 'Download'),
    }),
  };
}

function within(bytes: number, capabilities: JsonObject, direction: 'Upload' | 'Download'): number {
  const limit = (which: 'minimum' | 'maximum', fallback: number): number => {
    const megabytes = Number(capabilities[`${which}${direction}ChunkSizeInMB`] ?? Number.NaN);
    return megabytes > 0 ? megabytes * bytesOfMegabyte : fallback;
  };
  return Math.min(Math.max(bytes, limit('minimum', 1)), limit('maximum', Number.MAX_SAFE_INTEGER));
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
