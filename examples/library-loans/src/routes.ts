import type { FastifyInstance } from 'fastify';
import { type Genre, genres, type Library } from './library.ts';

const parameter = (name: string, label: string, description: string) =>
  ({
    type: 'object',
    required: [name],
    properties: { [name]: { type: 'string', description, 'x-ms-summary': label } },
  }) as const;

const answer = (schema: object, description: string) => ({ 200: { description, ...schema } });
const problem = (description: string) => ({ description, $ref: 'Problem#' });

/** Every operation of the API, each with the description that the document is made of. */
export function addRoutes(app: FastifyInstance, library: Library): void {
  addBooks(app, library);
  addMembers(app, library);
  addLoans(app, library);
}

function addBooks(app: FastifyInstance, library: Library): void {
  app.get<{ Querystring: { search?: string; genre?: Genre; authors?: string[]; limit: number } }>(
    '/books',
    {
      schema: {
        operationId: 'ListBooks',
        summary: 'List books',
        description: 'Lists the books of the library, all or those that match.',
        querystring: {
          type: 'object',
          properties: {
            search: { type: 'string', description: 'A part of the title.', 'x-ms-summary': 'Search' },
            genre: {
              type: 'string',
              enum: [...genres],
              description: 'Only books of this shelf.',
              'x-ms-summary': 'Genre',
            },
            authors: {
              type: 'array',
              items: { type: 'string' },
              collectionFormat: 'multi',
              description: 'Only books by these authors.',
              'x-ms-summary': 'Authors',
            },
            limit: {
              type: 'integer',
              default: 50,
              minimum: 1,
              maximum: 100,
              description: 'At most so many books.',
              'x-ms-summary': 'Limit',
              'x-ms-visibility': 'advanced',
            },
          },
        },
        response: answer({ type: 'array', items: { $ref: 'Book#' } }, 'The books'),
      } as object,
    },
    async (request) => library.findBooks(request.query),
  );
  app.get<{ Params: { bookId: string } }>(
    '/books/:bookId',
    {
      schema: {
        operationId: 'GetBook',
        summary: 'Get a book',
        description: 'Gets one book by its number.',
        params: parameter('bookId', 'Book number', 'The number of the book, such as B001.'),
        response: { ...answer({ $ref: 'Book#' }, 'The book'), 404: problem('There is no such book') },
      } as object,
    },
    async (request) => library.book(request.params.bookId),
  );
  app.get<{ Params: { bookId: string } }>(
    '/books/:bookId/card',
    {
      schema: {
        operationId: 'GetCatalogueCard',
        summary: 'Get a catalogue card',
        description: 'Gets the card of a book as plain text, ready to print.',
        produces: ['text/plain'],
        params: parameter('bookId', 'Book number', 'The number of the book, such as B001.'),
        response: { ...answer({ type: 'string' }, 'The card') },
      } as object,
    },
    async (request, reply) => {
      const { id, title, author, year, genre } = library.book(request.params.bookId);
      return reply
        .type('text/plain; charset=utf-8')
        .send(`${id}\n${title}\n${author}, ${year < 0 ? `${-year} BC` : year}\n${genre}\n`);
    },
  );
}

function addMembers(app: FastifyInstance, library: Library): void {
  app.get(
    '/members',
    {
      schema: {
        operationId: 'ListMembers',
        summary: 'List members',
        description: 'Lists the members of the library.',
        response: answer({ type: 'array', items: { $ref: 'Member#' } }, 'The members'),
      } as object,
    },
    async () => library.members(),
  );
  app.get<{ Params: { memberId: string } }>(
    '/members/:memberId',
    {
      schema: {
        operationId: 'GetMember',
        summary: 'Get a member',
        description: 'Gets one member by their number.',
        params: parameter('memberId', 'Member number', 'The number of the member, such as M1.'),
        response: { ...answer({ $ref: 'Member#' }, 'The member'), 404: problem('There is no such member') },
      } as object,
    },
    async (request) => library.member(request.params.memberId),
  );
}

function addLoans(app: FastifyInstance, library: Library): void {
  app.get<{ Querystring: { status?: 'open' | 'returned'; memberId?: string } }>(
    '/loans',
    {
      schema: {
        operationId: 'ListLoans',
        summary: 'List loans',
        description: 'Lists loans, all or those that match.',
        querystring: {
          type: 'object',
          properties: {
            status: {
              type: 'string',
              enum: ['open', 'returned'],
              description: 'Only loans that are still out, or that came back.',
              'x-ms-summary': 'Status',
            },
            memberId: { type: 'string', description: 'Only loans of this member.', 'x-ms-summary': 'Member number' },
          },
        },
        response: answer({ type: 'array', items: { $ref: 'Loan#' } }, 'The loans'),
      } as object,
    },
    async (request) => library.loans(request.query),
  );
  app.post<{ Body: { bookId: string; memberId: string } }>(
    '/loans',
    {
      schema: {
        operationId: 'BorrowBook',
        summary: 'Borrow a book',
        description: 'Lends a copy of a book to a member for three weeks.',
        body: {
          type: 'object',
          required: ['bookId', 'memberId'],
          properties: {
            bookId: {
              type: 'string',
              description: 'The number of the book, such as B001.',
              'x-ms-summary': 'Book number',
            },
            memberId: {
              type: 'string',
              description: 'The number of the member, such as M1.',
              'x-ms-summary': 'Member number',
            },
          },
        },
        response: {
          201: { description: 'The loan', $ref: 'Loan#' },
          404: problem('There is no such book or member'),
          409: problem('Every copy is out'),
        },
      } as object,
    },
    async (request, reply) => reply.code(201).send(library.borrow(request.body.bookId, request.body.memberId)),
  );
  const byNumber = parameter('loanId', 'Loan number', 'The number of the loan, such as L0001.');
  const actions = [
    [
      'return',
      'ReturnBook',
      'Return a book',
      'Takes a book back and closes its loan.',
      (id: string) => library.giveBack(id),
    ],
    [
      'reminders',
      'SendReminder',
      'Send a reminder',
      'Reminds a member that a book is due.',
      (id: string) => library.remind(id),
    ],
  ] as const;
  for (const [path, operationId, summary, description, act] of actions) {
    app.post<{ Params: { loanId: string } }>(
      `/loans/:loanId/${path}`,
      {
        schema: {
          operationId,
          summary,
          description,
          params: byNumber,
          response: {
            ...answer({ $ref: 'Loan#' }, 'The loan'),
            404: problem('There is no such loan'),
            409: problem('It was returned already'),
          },
        } as object,
      },
      async (request) => act(request.params.loanId),
    );
  }
}
