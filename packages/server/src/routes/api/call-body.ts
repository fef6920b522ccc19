import type { CallOptions, ContentTransfer } from '@patchbay/connector';
import { z } from 'zod';

const chunkBytes = z
  .int()
  .min(1)
  .max(100 * 1024 * 1024)
  .optional();

/** How a call has its answer, as members of a request body. */
export const callBody = {
  /** A 202 with a Location is the answer, instead of asking there until there is another. */
  disableAsyncPattern: z.boolean().optional(),
  /** Of an operation that pages: as many pages as it takes for so many items. */
  minimumItemCount: z.int().min(1).max(100_000).optional(),
  /** Bodies in chunks, where the operation declares `chunkTransfer`. */
  contentTransfer: z.object({ uploadChunkBytes: chunkBytes, downloadChunkBytes: chunkBytes }).optional(),
};

type Given = {
  readonly disableAsyncPattern?: boolean | undefined;
  readonly minimumItemCount?: number | undefined;
  readonly contentTransfer?: { readonly [name in keyof ContentTransfer]: number | undefined } | undefined;
};

/** The members as options of a call. */
export function callOptionsOf(
  body: Given | null | undefined,
): Pick<CallOptions, 'disableAsyncPattern' | 'minimumItemCount' | 'contentTransfer'> {
  const { disableAsyncPattern, minimumItemCount, contentTransfer } = body ?? {};
  const { uploadChunkBytes, downloadChunkBytes } = contentTransfer ?? {};
  return {
    ...(disableAsyncPattern !== undefined && { disableAsyncPattern }),
    ...(minimumItemCount !== undefined && { minimumItemCount }),
    ...(contentTransfer !== undefined && {
      contentTransfer: {
        ...(uploadChunkBytes !== undefined && { uploadChunkBytes }),
        ...(downloadChunkBytes !== undefined && { downloadChunkBytes }),
      },
    }),
  };
}
