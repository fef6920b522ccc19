import { expect, it } from 'vitest';
import type { JsonObject } from '../model.ts';
import { readConnector } from '../read-connector.ts';
import { writeTypes } from './write-types.ts';

function typesOf(document: JsonObject): string {
  const { model } = readConnector({ definition: { name: 'def.json', content: JSON.stringify(document) } });
  return model === undefined ? '' : writeTypes(model);
}

it('writes types of parameters, results and shared schemas', () => {
  const types = typesOf({
    openapi: '3.1.0',
    info: { title: 'Loans', version: '1', description: 'A */ shelf.\nOf books.' },
    servers: [{ url: 'https://api.test' }],
    paths: {
      '/loans/{id}': {
        put: {
          operationId: 'put-loan',
          summary: 'Put a loan',
          parameters: [
            { name: 'id', in: 'path', required: true, schema: { type: 'integer' } },
            {
              name: 'X-Mode',
              in: 'header',
              deprecated: true,
              description: 'How.',
              schema: { enum: ['fast', 2, null] },
            },
            { name: 'size', in: 'query', required: true, schema: { type: 'number', default: 1 } },
          ],
          requestBody: {
            required: true,
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Loan' } } },
          },
          responses: {
            200: {
              description: '',
              content: { 'application/json': { schema: { $ref: '#/components/schemas/Loan' } } },
            },
            204: { description: '' },
            404: { description: '', content: { 'application/json': { schema: { type: 'string' } } } },
          },
        },
        get: { operationId: '1st', responses: { default: { description: '' } } },
      },
    },
    components: {
      schemas: {
        Loan: {
          type: 'object',
          required: ['title', '__proto__'],
          properties: {
            title: { type: 'string', description: 'Its title.', title: 'Title' },
            __proto__2: { type: 'boolean' },
            next: { $ref: '#/components/schemas/Loan' },
            due: { type: ['string', 'null'], format: 'date' },
            tags: { type: 'array', items: { oneOf: [{ type: 'string' }, { type: 'integer' }] } },
            more: { type: 'object', additionalProperties: { type: 'integer' } },
            photo: { type: 'string', contentMediaType: 'image/png', contentEncoding: 'base64' },
          },
        },
        loan: { allOf: [{ $ref: '#/components/schemas/Loan' }, { type: 'object', properties: { 'a-b': {} } }] },
        Circle: { $ref: '#/components/schemas/Round' },
        Round: { anyOf: [{ $ref: '#/components/schemas/Circle' }, { type: 'null' }] },
        Tree: { type: 'array', items: { $ref: '#/components/schemas/Tree' } },
        File: { type: 'string' },
      },
    },
  });
  expect(types).toMatchInlineSnapshot(`
    "/**
     * Types of the connector Loans.
     *
     * A *\\/ shelf.
     * Of books.
     */

    /** A file: its media type, and its bytes in base64. */
    export type File = {
      "$content-type"?: string;
      $content: string;
    };

    export type Loan = {
      /**
       * Title
       *
       * Its title.
       */
      title: string;
      __proto__2?: boolean;
      next?: Loan;
      /** Format: date */
      due?: string | null;
      tags?: (string | number)[];
      more?: { [name: string]: number };
      /** Format: byte */
      photo?: string;
    };

    export type Loan_2 = Loan & {
      "a-b"?: unknown;
    };

    export type Circle = unknown;

    export type Round = unknown | null;

    export type Tree = Tree[];

    export type File_2 = string;

    /** What is given to a call of put-loan: Put a loan */
    export type PutLoanParameters = {
      id: number;
      /**
       * How.
       *
       * @deprecated
       */
      "X-Mode"?: "fast" | 2 | null;
      size?: number;
      body: Loan;
    };

    /** What comes of a call of put-loan: Put a loan */
    export type PutLoanResult = Loan | undefined;

    /** What is given to a call of 1st */
    export type _1stParameters = {
      id: string;
    };

    /** What comes of a call of 1st */
    export type _1stResult = unknown;

    /** Actions by operationId. */
    export type Actions = {
      /** Put a loan */
      "put-loan": { parameters: PutLoanParameters; result: PutLoanResult };
      "1st": { parameters: _1stParameters; result: _1stResult };
    };

    /** Triggers by operationId. */
    export type Triggers = { [operationId: string]: never };
    "
  `);
});

it('writes what a webhook sends as the result of its trigger', () => {
  const types = typesOf({
    swagger: '2.0',
    info: { title: 'Hooks', version: '1' },
    host: 'api.test',
    paths: {
      '/hooks': {
        'x-ms-notification-content': { schema: { type: 'object', properties: { id: { type: 'string' } } } },
        post: {
          operationId: 'WhenMade',
          'x-ms-trigger': 'single',
          parameters: [
            {
              name: 'body',
              in: 'body',
              schema: { type: 'object', properties: { url: { type: 'string', 'x-ms-notification-url': true } } },
            },
            { name: 'file', in: 'query', type: 'string' },
          ],
          responses: { 201: { description: '', schema: { type: 'string' } } },
        },
      },
    },
  });
  expect(types).toMatchInlineSnapshot(`
    "/** Types of the connector Hooks. */

    /** A file: its media type, and its bytes in base64. */
    export type File = {
      "$content-type"?: string;
      $content: string;
    };

    /** What is given to a call of WhenMade */
    export type WhenMadeParameters = {
      body?: {
        url?: string;
      };
      file?: string;
    };

    /** What comes of a call of WhenMade */
    export type WhenMadeResult = {
      id?: string;
    };

    /** Actions by operationId. */
    export type Actions = { [operationId: string]: never };

    /** Triggers by operationId. */
    export type Triggers = {
      WhenMade: { parameters: WhenMadeParameters; result: WhenMadeResult };
    };
    "
  `);
});
