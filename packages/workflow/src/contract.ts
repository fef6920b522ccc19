/**
 * The ports of the engine: what it needs from the world, in its own words. `store` implements {@link RunStore}, `server`
 * implements {@link Invoker} and {@link FlowSource}; the contract suites beside the ports say what an implementation owes.
 */

export type * from './contract/artifact-source.ts';
export { artifactKinds } from './contract/artifact-source.ts';
export type * from './contract/batch-store.ts';
export { countToRelease, keptKeysMs } from './contract/batch-store.ts';
export type * from './contract/code-runner.ts';
export type * from './contract/dispatcher.ts';
export type * from './contract/flow-source.ts';
export type * from './contract/invoker.ts';
export type * from './contract/run-record.ts';
export type * from './contract/run-store.ts';
export type * from './contract/schedule-store.ts';
export type * from './contract/trigger-source.ts';
export type * from './contract/watch-store.ts';
