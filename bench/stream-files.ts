import { type IncomingMessage, request as open } from 'node:http';
import { cpuMs, type Measured, memoryMb } from './measure.ts';

/** One way of one file through a process. */
export type FileResult = {
  readonly megabytes: number;
  readonly megabytesPerSecond: number;
  readonly cpuMsPerMegabyte: number;
  /** How far its memory rose above what it was before, at its peak (proportional set size, sampled). */
  readonly peakGrowthMb: number;
};

/** Where files are got and put, and what says who asks. */
export type FilePlace = {
  readonly target: Measured;
  /** `{bytes}` at its end stands for how many. */
  readonly url: string;
  readonly headers: { readonly [name: string]: string };
};

const megabyte = 1024 * 1024;
const block = Buffer.alloc(64 * 1024, 'y');

/** Gets and puts a file of so many megabytes through a process, whose memory is watched meanwhile. */
export async function streamFiles(
  place: FilePlace,
  megabytes: number,
): Promise<{ readonly down: FileResult; readonly up: FileResult }> {
  const bytes = megabytes * megabyte;
  // The first of each kind opens connections and compiles the operation.
  await getFile(place, megabyte);
  await putFile(place, megabyte);
  return {
    down: await watch(place.target, megabytes, () => getFile(place, bytes)),
    up: await watch(place.target, megabytes, () => putFile(place, bytes)),
  };
}

async function watch({ child }: Measured, megabytes: number, transfer: () => Promise<void>): Promise<FileResult> {
  const pid = child.pid ?? 0;
  const before = memoryMb(pid);
  let peak = before;
  const sampling = setInterval(() => {
    peak = Math.max(peak, memoryMb(pid));
  }, 50);
  const cpuBefore = cpuMs(pid);
  const startedMs = performance.now();
  try {
    await transfer();
  } finally {
    clearInterval(sampling);
  }
  const seconds = (performance.now() - startedMs) / 1000;
  return {
    megabytes,
    megabytesPerSecond: megabytes / seconds,
    cpuMsPerMegabyte: (cpuMs(pid) - cpuBefore) / megabytes,
    peakGrowthMb: Math.max(peak, memoryMb(pid)) - before,
  };
}

async function getFile(place: FilePlace, bytes: number): Promise<void> {
  const response = await send(place, 'GET', bytes);
  let received = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) received += chunk.length;
  if (response.statusCode !== 200 || received !== bytes) {
    throw new Error(`got ${response.statusCode} and ${received} of ${bytes} bytes`);
  }
}

async function putFile(place: FilePlace, bytes: number): Promise<void> {
  const response = await send(place, 'PUT', bytes);
  const answer = Buffer.concat(await Array.fromAsync(response as AsyncIterable<Buffer>)).toString();
  if (response.statusCode !== 200 || answer !== JSON.stringify({ received: bytes })) {
    throw new Error(`put ${bytes} bytes and was answered ${response.statusCode} ${answer}`);
  }
}

function send({ url, headers }: FilePlace, method: 'GET' | 'PUT', bytes: number): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const content = { 'content-type': 'application/octet-stream', 'content-length': bytes };
    const request = open(url.replace('{bytes}', String(bytes)), {
      method,
      headers: method === 'PUT' ? { ...headers, ...content } : headers,
    });
    request.once('response', resolve).once('error', reject);
    if (method === 'GET') {
      request.end();
      return;
    }
    let left = bytes;
    const write = (): void => {
      while (left > 0) {
        const chunk = left < block.length ? block.subarray(0, left) : block;
        left -= chunk.length;
        if (!request.write(chunk)) return;
      }
      request.end();
    };
    request.on('drain', write);
    write();
  });
}
