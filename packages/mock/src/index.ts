export type { Cassette, Interaction } from './cassette/cassette.ts';
export { readCassette } from './cassette/read-cassette.ts';
export { createRecorder, type RecorderOptions } from './cassette/recorder.ts';
export { createReplayer } from './cassette/replayer.ts';
export { createAnswerer } from './definition/answerer.ts';
export { type Fault, parseFault } from './fault.ts';
export type { Answerer, MockAnswer, MockRequest } from './message.ts';
export { type MockServer, type MockServerOptions, startMockServer } from './mock-server.ts';
