import { Worker } from 'node:worker_threads';
import type { Transformation } from '../contract.ts';
import { TransformError } from '../errors.ts';
import { limitWasmMemory } from './limit-wasm-memory.ts';
import type { ProcessAnswer } from './process-message.ts';
import { runTransformation } from './run-transformation.ts';

/** The process that transforms documents: what takes too long or too much ends with it, and harms nobody else. */
if (process.send === undefined)
  throw new Error('This file is the process that transforms documents; a server starts it.');

limitWasmMemory(256 * 1024 * 1024);
new Worker(new URL('./follow-parent.ts', import.meta.url), { workerData: { parentId: process.ppid } }).unref();

process.on('message', (transformation: Transformation) => {
  runTransformation(transformation).then(
    (value) => answer({ kind: 'made', value }),
    (error: unknown) => answer(failureOf(error)),
  );
});
answer({ kind: 'ready' });

function answer(message: ProcessAnswer): void {
  process.send?.(message);
}

function failureOf(error: unknown): ProcessAnswer {
  if (error instanceof TransformError) {
    const { code, message, problems } = error;
    return { kind: 'failed', code, message, problems };
  }
  // Deep documents overflow the stack of whoever walks them.
  if (error instanceof RangeError) {
    const message = 'The document is nested too deeply, or takes too much memory.';
    return { kind: 'failed', code: 'TransformationLimitExceeded', message, problems: [] };
  }
  const message = error instanceof Error ? error.message : String(error);
  return { kind: 'failed', code: 'TransformationFailed', message, problems: [] };
}
