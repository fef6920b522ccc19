import type { EgressResponse } from '@patchbay/egress';
import type { CallUnderWay } from './call-under-way.ts';
import { readWholeSize } from './content-range.ts';
import type { ContentTransfer } from './content-transfer.ts';
import { downloadRanges } from './download-ranges.ts';
import { followAnswer } from './follow-answer.ts';
import { uploadChunks } from './upload-chunks.ts';

/** How a call has its answer, besides asking once. */
export type AnswerOptions = {
  readonly transfer: ContentTransfer | undefined;
  /** Whether a 202 with a Location is asked for the answer that it promises. */
  readonly followsLocation: boolean;
};

/**
 * The answer of a call, with whatever it takes to have it: a body that goes out in chunks, an operation that answers later, an answer that
 * comes in parts.
 */
export async function answerOf(
  call: CallUnderWay,
  { transfer, followsLocation }: AnswerOptions,
): Promise<EgressResponse> {
  const first = await firstAnswer(call, transfer);
  if (followsLocation && first.status === 202) {
    const { answer, location } = await followAnswer(call, first);
    return location === undefined ? answer : wholeOfLocation(call, answer, location, transfer);
  }
  return first.status === 206 ? wholeOfCall(call, first, transfer) : first;
}

/** The answer of the call itself, whole, unless a part was all that it asked for. */
async function wholeOfCall(
  call: CallUnderWay,
  answer: EgressResponse,
  transfer: ContentTransfer | undefined,
): Promise<EgressResponse> {
  const { method, headers } = call.request;
  if (method !== 'GET' || headers['range'] !== undefined) return answer;
  const { maxResponseBytes } = call;
  return downloadRanges(answer, (name, range) => call.send({ name, headers: range }), {
    maxResponseBytes,
    ...transfer,
  });
}

/** The answer of an address that the API gave, whole. */
export async function wholeOfLocation(
  call: CallUnderWay,
  answer: EgressResponse,
  location: string,
  transfer: ContentTransfer | undefined,
): Promise<EgressResponse> {
  if (answer.status !== 206) return answer;
  const { maxResponseBytes } = call;
  return downloadRanges(answer, (name, headers) => call.sendTo(location, { name, method: 'GET', headers }), {
    maxResponseBytes,
    ...transfer,
  });
}

async function firstAnswer(call: CallUnderWay, transfer: ContentTransfer | undefined): Promise<EgressResponse> {
  if (transfer === undefined) return call.send({ headers: {} });
  const { method, headers, body } = call.request;
  const isUpload = method === 'POST' || method === 'PUT';
  if (isUpload && body !== undefined && body.length > 0) return uploadChunks(call, body, transfer);
  const size = method === 'GET' && headers['range'] === undefined ? transfer.downloadChunkBytes : undefined;
  if (size === undefined) return call.send({ headers: {} });
  const answer = await call.send({ headers: { range: `bytes=0-${size - 1}` } });
  // Of nothing there is no first part (RFC 9110 §14.1.2).
  const isEmpty = answer.status === 416 && readWholeSize(answer.headers['content-range']) === 0;
  if (!isEmpty) return answer;
  await answer.bytes();
  return call.send({ headers: {} });
}
