import { genres } from './library.ts';

const text = { type: 'string' } as const;

export const bookSchema = {
  $id: 'Book',
  title: 'Book',
  type: 'object',
  required: ['id', 'title', 'author', 'genre', 'year', 'copies'],
  properties: {
    id: { ...text, description: 'The number of the book.', 'x-ms-summary': 'Book number' },
    title: { ...text, description: 'The title of the book.', 'x-ms-summary': 'Title' },
    author: { ...text, description: 'Who wrote the book.', 'x-ms-summary': 'Author' },
    genre: { ...text, enum: [...genres], description: 'The shelf it stands on.', 'x-ms-summary': 'Genre' },
    year: { type: 'integer', format: 'int32', description: 'When it was first published.', 'x-ms-summary': 'Year' },
    copies: { type: 'integer', format: 'int32', description: 'How many the library has.', 'x-ms-summary': 'Copies' },
  },
} as const;

export const memberSchema = {
  $id: 'Member',
  title: 'Member',
  type: 'object',
  required: ['id', 'name', 'email'],
  properties: {
    id: { ...text, description: 'The number of the member.', 'x-ms-summary': 'Member number' },
    name: { ...text, description: 'The full name.', 'x-ms-summary': 'Name' },
    email: { ...text, format: 'email', description: 'The e-mail address.', 'x-ms-summary': 'E-mail' },
  },
} as const;

export const loanSchema = {
  $id: 'Loan',
  title: 'Loan',
  type: 'object',
  required: ['id', 'bookId', 'memberId', 'borrowedOn', 'dueOn', 'reminders'],
  properties: {
    id: { ...text, description: 'The number of the loan.', 'x-ms-summary': 'Loan number' },
    bookId: { ...text, description: 'The number of the book.', 'x-ms-summary': 'Book number' },
    memberId: { ...text, description: 'The number of the member.', 'x-ms-summary': 'Member number' },
    borrowedOn: { ...text, format: 'date', description: 'The day it was borrowed.', 'x-ms-summary': 'Borrowed on' },
    dueOn: { ...text, format: 'date', description: 'The day it is due.', 'x-ms-summary': 'Due on' },
    returnedOn: {
      ...text,
      format: 'date',
      nullable: true,
      'x-nullable': true,
      description: 'The day it came back, if it did.',
      'x-ms-summary': 'Returned on',
    },
    reminders: {
      type: 'integer',
      format: 'int32',
      description: 'How many reminders were sent.',
      'x-ms-summary': 'Reminders',
    },
  },
} as const;

export const problemSchema = {
  $id: 'Problem',
  title: 'Problem',
  type: 'object',
  required: ['status', 'title'],
  properties: {
    status: { type: 'integer', description: 'The HTTP status.', 'x-ms-summary': 'Status' },
    title: { ...text, description: 'What went wrong.', 'x-ms-summary': 'Title' },
  },
} as const;

/** What the generated document says of the API as a whole (Swagger 2.0). */
export function describeApi(host: string) {
  return {
    swagger: '2.0',
    info: {
      title: 'Library loans',
      version: '1.0.0',
      description: 'The books, members and loans of a small library: the sample that Patchbay brings along.',
      contact: { name: 'Patchbay', url: 'https://example.com/', email: 'library@example.com' },
    },
    host,
    schemes: ['http'],
    consumes: ['application/json'],
    produces: ['application/json'],
    securityDefinitions: { api_key: { type: 'apiKey' as const, in: 'header', name: 'x-api-key' } },
    security: [{ api_key: [] }],
  };
}
