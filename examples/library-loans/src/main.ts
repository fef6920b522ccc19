import { startLibraryLoans } from './start-library-loans.ts';

/** Runs the sample API on its own: `PORT` (default 4320) and `LIBRARY_API_KEY` (default `library-key`). */
const apiKey = process.env['LIBRARY_API_KEY'] ?? 'library-key';
const library = await startLibraryLoans({ port: Number(process.env['PORT'] ?? 4320), apiKey });
console.log(`The library lends at ${library.origin}; its description is ${library.origin}/openapi.json`);
process.once('SIGINT', () => library.close());
process.once('SIGTERM', () => library.close());
