import { parentPort, workerData } from 'node:worker_threads';
import type { WriterMessage, WriterStart } from './run-write-queue.ts';
import { RunWriter } from './run-writer.ts';
import { connectSqlite } from './sqlite-connection.ts';

/** The thread that writes runs: the flush of a commit holds up nobody but those who wait for it. */
const port = parentPort;
if (port === null) throw new Error('This file is the thread that writes runs; it is not started by itself.');

// What the thread is started with, by run-write-queue.ts.
const { path, blobThresholdBytes } = workerData as WriterStart;
const database = connectSqlite(path);
const writer = new RunWriter(database, blobThresholdBytes);

port.on('message', (message: WriterMessage) => {
  if (message !== 'close') {
    port.postMessage(writer.commit(message));
    return;
  }
  database.close();
  port.close();
});
