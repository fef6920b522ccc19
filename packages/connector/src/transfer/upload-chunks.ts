import type { EgressResponse } from '@patchbay/egress';
import { ConnectorError } from '../errors.ts';
import type { CallUnderWay } from './call-under-way.ts';
import type { ContentTransfer } from './content-transfer.ts';
import { locationOf } from './locate.ts';

/** When neither side says: 8 MB, as much as is lost when one chunk fails. */
const usualChunkBytes = 8 * 1024 * 1024;
const maxChunkBytes = 100 * 1024 * 1024;
const maxChunks = 10_000;

/**
 * Sends a body in chunks (Logic Apps, "Handle large messages with chunking"): an empty request asks for it, the `Location` of its answer
 * takes the chunks. The answer is that of the last chunk, or the first that is no success. Throws `ConnectorError` `transfer-failed`
 * where the API does not keep to it, and `location-refused`.
 */
export async function uploadChunks(
  call: CallUnderWay,
  body: Uint8Array,
  { uploadChunkBytes }: ContentTransfer,
): Promise<EgressResponse> {
  const total = body.length;
  const begun = await call.send({
    name: 'begin upload',
    headers: { 'x-ms-transfer-mode': 'chunked', 'x-ms-content-length': String(total) },
    isBodyless: true,
  });
  if (begun.status >= 300) return begun;
  const location = locationOf(begun);
  if (location === undefined) {
    throw failed(
      `The API answered ${begun.status} without a Location to send the chunks to: it takes no body in chunks.`,
    );
  }
  let chunkBytes = chunkSize(begun, uploadChunkBytes, usualChunkBytes);
  await begun.bytes();
  let sent = 0;
  for (let chunk = 0; chunk < maxChunks; chunk += 1) {
    const end = Math.min(sent + chunkBytes, total);
    const answer = await call.sendTo(location, {
      name: `chunk ${sent}-${end - 1}/${total}`,
      method: 'PATCH',
      headers: {
        'content-range': `bytes=${sent}-${end - 1}/${total}`,
        'content-type': call.request.headers['content-type'] ?? 'application/octet-stream',
      },
      body: body.subarray(sent, end),
    });
    if (answer.status >= 300) return answer;
    sent = received(answer, sent, end);
    if (sent === total) return answer;
    chunkBytes = chunkSize(answer, uploadChunkBytes, chunkBytes);
    await answer.bytes();
  }
  throw failed(`The API takes so little at a time that ${maxChunks} chunks were not enough for ${total} bytes.`);
}

/** How much goes into the next chunk: what the API suggests, and no more than was asked for. */
function chunkSize({ headers }: EgressResponse, asked: number | undefined, current: number): number {
  const suggested = Number(headers['x-ms-chunk-size'] ?? Number.NaN);
  const size = Number.isSafeInteger(suggested) && suggested > 0 ? suggested : (asked ?? current);
  return Math.min(size, asked ?? maxChunkBytes, maxChunkBytes);
}

/** How much the API has: all that was sent when it does not say. */
function received({ headers }: EgressResponse, sent: number, end: number): number {
  const range = headers['range'];
  if (range === undefined) return end;
  const last = /^\s*bytes[= ]\s*0-(\d{1,15})(?:\/(?:\d+|\*))?\s*$/.exec(range)?.[1];
  const next = Number(last ?? Number.NaN) + 1;
  if (next > sent && next <= end) return next;
  throw failed(
    `The API was sent bytes ${sent} to ${end - 1} and answered that it has "${range}". The upload cannot go on from there.`,
  );
}

function failed(message: string): ConnectorError {
  return new ConnectorError('transfer-failed', message);
}
