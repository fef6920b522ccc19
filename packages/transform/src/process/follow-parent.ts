import { parentPort, workerData } from 'node:worker_threads';

/** The thread that ends its process when the one that started it is gone: a transformation under way would not notice. */
const { parentId } = workerData as { readonly parentId: number };
const everyMs = 1_000;

if (parentPort === null) throw new Error('This file is a thread of the process that transforms documents.');

setInterval(() => {
  if (process.ppid !== parentId) process.kill(process.pid, 'SIGKILL');
}, everyMs);
