import { setTimeout } from 'node:timers/promises';
import { createLogger, createPlatform, RunRetention, readConfiguration } from '@patchbay/server';

/**
 * The server, with somebody who deletes runs all the time instead of every quarter of an hour. For him time goes sixty times as fast: what has
 * ended has ended long ago, and the lease of one who was killed is over within a second.
 */
const configuration = readConfiguration(process.env);
const platform = await createPlatform(configuration, createLogger(configuration.logLevel));
await platform.start();
console.log('Patchbay is ready, and deletes runs as it goes');
const { store, environments } = platform.services;
const retention = new RunRetention({
  store,
  environments,
  nowMs: () => Date.now() * 60,
  pauseMs: 5,
  contentDelayMs: 300,
});
for (;;) {
  await retention.round(new AbortController().signal);
  await setTimeout(100);
}
