import { readFile } from 'node:fs/promises';
import { expect, it, onTestFinished } from 'vitest';
import { startLibraryLoans } from './start-library-loans.ts';

async function start() {
  const library = await startLibraryLoans({ apiKey: 'key' });
  onTestFinished(library.close);
  const call = async (method: string, path: string, body?: unknown, key = 'key') => {
    const response = await fetch(`${library.origin}${path}`, {
      method,
      headers: { 'x-api-key': key, ...(body !== undefined && { 'content-type': 'application/json' }) },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, body: text.startsWith('{') || text.startsWith('[') ? JSON.parse(text) : text };
  };
  return { library, call };
}

it('says of itself what the folder keeps, but for the address', async () => {
  const { library } = await start();
  const kept = await readFile(new URL('../apiDefinition.swagger.json', import.meta.url), 'utf8');
  expect({ ...library.description(), host: '127.0.0.1:4320' }).toEqual(JSON.parse(kept));
});

it('describes itself in Swagger 2.0, with its own address', async () => {
  const { library } = await start();
  const description = library.description() as {
    swagger: string;
    host: string;
    paths: Record<string, object>;
    definitions: object;
  };
  expect(description).toMatchObject({
    swagger: '2.0',
    host: new URL(library.origin).host,
    security: [{ api_key: [] }],
  });
  expect(
    Object.values(description.paths)
      .flatMap((path) => Object.values(path))
      .map((operation) => operation.operationId),
  ).toEqual([
    'ListBooks',
    'GetBook',
    'GetCatalogueCard',
    'ListMembers',
    'GetMember',
    'ListLoans',
    'BorrowBook',
    'ReturnBook',
    'SendReminder',
  ]);
  expect(Object.keys(description.definitions)).toEqual(['Book', 'Member', 'Loan', 'Problem']);
});

it('refuses callers without the key', async () => {
  const { call } = await start();
  expect(await call('GET', '/books', undefined, 'wrong')).toEqual({
    status: 401,
    body: { status: 401, title: 'Send the library’s key as x-api-key.' },
  });
});

it('finds books', async () => {
  const { call } = await start();
  const titles = async (query: string) =>
    ((await call('GET', `/books?${query}`)).body as { title: string }[]).map((book) => book.title);
  expect(await titles('genre=computing&limit=2')).toEqual(['The Mythical Man-Month', 'A Discipline of Programming']);
  expect(await titles('authors=Primo%20Levi&authors=Herodotus')).toEqual(['The Periodic Table', 'The Histories']);
  expect((await call('GET', '/books/B001/card')).body).toBe('B001\nMiddlemarch\nGeorge Eliot, 1871\nfiction\n');
  expect(await call('GET', '/books/B999')).toEqual({
    status: 404,
    body: { status: 404, title: 'There is no book B999.' },
  });
});

it('lends a book, reminds, takes it back once', async () => {
  const { call } = await start();
  const lent = await call('POST', '/loans', { bookId: 'B001', memberId: 'M1' });
  expect(lent.status).toBe(201);
  const { id } = lent.body as { id: string };
  expect((await call('POST', `/loans/${id}/reminders`)).body).toMatchObject({ reminders: 1 });
  expect((await call('POST', `/loans/${id}/return`)).status).toBe(200);
  expect((await call('POST', `/loans/${id}/return`)).status).toBe(409);
  expect((await call('POST', '/loans', { bookId: 'B002', memberId: 'M1' })).status).toBe(409);
  expect((await call('POST', '/loans', { bookId: 'B002' })).status).toBe(400);
});
