import { keepCompiledCode } from '../compiled-code.ts';

/** Loads some code of the server as its start does. */
keepCompiledCode(process.env);
await import('../start-failure.ts');
