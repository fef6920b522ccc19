import { EgressError, type EgressResponse } from '@patchbay/egress';
import { ConnectorError } from '../errors.ts';
import { wholeAnswer } from '../whole-body.ts';
import type { CallUnderWay } from './call-under-way.ts';
import { type ContentRange, readContentRange, readWholeSize } from './content-range.ts';
import type { ContentTransfer } from './content-transfer.ts';

const maxRanges = 10_000;

/** Asks for a part of what was asked before. Header names in lower case. */
export type AskForRange = (name: string, headers: { readonly [name: string]: string }) => Promise<EgressResponse>;

/**
 * An answer that is the beginning of a whole (206), with the rest asked for: one answer with status 200, as if it had come at once (RFC 9110
 * §15.3.7.3). Whatever else is answered to that is the answer. Throws `ConnectorError` `transfer-failed` where the parts are not of one
 * whole, `EgressError` `response-too-large`.
 */
export async function downloadRanges(
  begun: EgressResponse,
  ask: AskForRange,
  { maxResponseBytes, downloadChunkBytes }: ContentTransfer & Pick<CallUnderWay, 'maxResponseBytes'>,
): Promise<EgressResponse> {
  const range = readContentRange(begun.headers['content-range']);
  if (range?.first !== 0) return begun;
  const validator = validatorOf(begun);
  const parts = [await partOf(begun, range)];
  let { total } = range;
  let have = range.last + 1;
  for (let asked = 1; have !== total; asked += 1) {
    if (asked >= maxRanges) throw failed(`${maxRanges} ranges were not the whole of it.`);
    if ((total ?? have) > maxResponseBytes) throw tooLarge(begun, maxResponseBytes);
    const size = downloadChunkBytes ?? range.last + 1;
    const end = total === undefined ? have + size : Math.min(have + size, total);
    const answer = await ask(`range ${have}-${end - 1}`, {
      range: `bytes=${have}-${end - 1}`,
      ...(validator !== undefined && { 'if-range': validator }),
    });
    if (answer.status === 416 && total === undefined && readWholeSize(answer.headers['content-range']) === have) break;
    if (answer.status !== 206) return answer;
    const next = readContentRange(answer.headers['content-range']);
    checkPart(begun, answer, next, { have, total });
    parts.push(await partOf(answer, next));
    have = next.last + 1;
    total = next.total ?? total;
  }
  const { 'content-range': _, ...headers } = begun.headers;
  return wholeAnswer({ ...begun, status: 200, headers }, Buffer.concat(parts));
}

/** What tells one whole from another: a strong entity tag, or a date (RFC 9110 §13.1.5). */
function validatorOf({ headers }: EgressResponse): string | undefined {
  const tag = headers['etag'];
  return tag?.startsWith('"') === true ? tag : headers['last-modified'];
}

function tooLarge({ url }: EgressResponse, maxBytes: number): EgressError {
  const { host } = new URL(url);
  return new EgressError('response-too-large', `The answer of ${host} is larger than ${maxBytes} bytes.`, { host });
}

function checkPart(
  begun: EgressResponse,
  answer: EgressResponse,
  next: ContentRange | undefined,
  { have, total }: { readonly have: number; readonly total: number | undefined },
): asserts next is ContentRange {
  if (next?.first !== have) {
    throw failed(
      `The API was asked for bytes from ${have} on and answered with "${answer.headers['content-range'] ?? 'no Content-Range'}".`,
    );
  }
  const [before, after] = [begun.headers['etag'], answer.headers['etag']];
  const isOther = before !== undefined && after !== undefined && before !== after;
  if (isOther || (total !== undefined && next.total !== undefined && next.total !== total)) {
    throw failed('What is downloaded was changed meanwhile: its parts are not of one whole. Call again.');
  }
}

/** The bytes of a part, as many as it says. */
async function partOf(answer: EgressResponse, { first, last }: ContentRange): Promise<Uint8Array> {
  const bytes = await answer.bytes();
  if (bytes.length === last - first + 1) return bytes;
  throw failed(`A part that should hold bytes ${first} to ${last} came with ${bytes.length} bytes.`);
}

function failed(message: string): ConnectorError {
  return new ConnectorError('transfer-failed', message);
}
