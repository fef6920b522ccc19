import { keepCompiledCode } from './compiled-code.ts';

// Before anything else of the server is loaded, which is what takes its time.
keepCompiledCode(process.env);
const { runServer } = await import('./run-server.ts');
await runServer();
