import type { ConnectorDraft } from './breaking.ts';
import type { Draft } from './draft.ts';

/** Connectors of our own that break no rule, technical or of certification. Every kind of thing that a rule looks at is in them. */
export const cleanConnectors: readonly ConnectorDraft[] = [
  connector('Library loans', 'lending.example.com', ['Loan', 'Reader', 'Branch']),
  connector('Garden planner', 'garden.example.com', ['Plant', 'Seedling', 'Harvest']),
];

function connector(title: string, host: string, things: readonly string[]): ConnectorDraft {
  return {
    definition: {
      swagger: '2.0',
      info: {
        title,
        description: `${title} keeps lists of things, tells of changes, and takes new entries and files for them.`,
        version: '1.0',
        contact: { name: 'Example Support', url: 'https://www.example.com/support', email: 'support@example.com' },
        license: { name: 'MIT', url: 'https://www.example.com/license' },
        termsOfService: 'https://www.example.com/terms',
        'x-ms-api-annotation': { status: 'Preview' },
      },
      host,
      basePath: '/v1',
      schemes: ['https'],
      consumes: ['application/json'],
      produces: ['application/json'],
      paths: Object.assign({}, ...things.map(paths)) as Draft,
      definitions: { Address: address(), ...(Object.assign({}, ...things.map(definitions)) as Draft) },
      parameters: {
        TraceParameter: {
          name: 'Trace',
          in: 'header',
          type: 'string',
          'x-ms-summary': 'Trace',
          description: 'A text that the service notes with the request.',
          'x-ms-visibility': 'advanced',
        },
      },
      responses: { NotFound: { description: 'There is no such entry.' } },
      securityDefinitions: {
        api_key: { type: 'apiKey', in: 'header', name: 'X-Key' },
        oauth: {
          type: 'oauth2',
          flow: 'accessCode',
          authorizationUrl: 'https://login.example.com/authorize',
          tokenUrl: 'https://login.example.com/token',
          scopes: { read: 'Read entries.', write: 'Change entries.' },
        },
      },
      security: [{ api_key: [] }, { oauth: ['read'] }],
      tags: things.map((thing) => ({ name: thing, description: `Everything about ${thing}.` })),
      externalDocs: { url: 'https://www.example.com/docs', description: 'The documentation.' },
      'x-ms-connector-metadata': [
        { propertyName: 'Website', propertyValue: 'https://www.example.com' },
        { propertyName: 'Privacy policy', propertyValue: 'https://www.example.com/privacy' },
        { propertyName: 'Categories', propertyValue: 'Data;Productivity' },
      ],
    },
    properties: {
      properties: {
        iconBrandColor: '#3c6e47',
        capabilities: [],
        publisher: 'Example',
        stackOwner: 'Example',
        connectionParameters: {
          api_key: {
            type: 'securestring',
            uiDefinition: {
              displayName: 'API key',
              description: 'The key of your account.',
              tooltip: 'The key of your account.',
              constraints: { tabIndex: 1, clearText: false, required: 'true' },
            },
          },
        },
      },
    },
  };
}

/** Everything about one kind of thing: seven operations, two of them triggers. */
function paths(thing: string): Draft {
  const many = `${thing}s`;
  const folder = `/${many.toLowerCase()}`;
  const lower = thing.toLowerCase();
  const id = {
    name: `${lower}Id`,
    in: 'path',
    required: true,
    type: 'string',
    'x-ms-url-encoding': 'single',
    'x-ms-summary': `${thing}`,
    description: `The ${lower} that is meant.`,
    'x-ms-dynamic-values': {
      operationId: `List${many}`,
      parameters: { status: 'open' },
      'value-collection': 'value',
      'value-path': 'id',
      'value-title': 'title',
    },
    'x-ms-dynamic-list': {
      operationId: `List${many}`,
      parameters: { status: { value: 'open' } },
      itemsPath: 'value',
      itemValuePath: 'id',
      itemTitlePath: 'title',
    },
  };
  return {
    [folder]: { get: listOperation(thing), post: createOperation(thing) },
    [`${folder}/{${lower}Id}`]: {
      parameters: [id],
      get: {
        operationId: `Get${thing}`,
        summary: `Get a ${lower}`,
        description: `Gets one ${lower} with everything that is known of it.`,
        tags: [thing],
        parameters: [{ $ref: '#/parameters/TraceParameter' }],
        responses: {
          '200': { description: `The ${lower}.`, schema: { $ref: `#/definitions/${thing}` } },
          '404': { $ref: '#/responses/NotFound' },
        },
        'x-ms-api-annotation': { family: `Get${thing}`, revision: 1, status: 'Preview' },
      },
    },
    [`${folder}/{${lower}Id}/files`]: {
      post: {
        operationId: `Add${thing}File`,
        summary: `Add a file to a ${lower}`,
        description: `Keeps a file with a ${lower}.`,
        tags: [thing],
        consumes: ['multipart/form-data'],
        parameters: [
          structuredClone(id),
          formField('file', 'file', 'The content of the file.'),
          formField('caption', 'string', 'A text that is shown below the file.'),
        ],
        responses: { '204': { description: 'The file is kept.' } },
      },
    },
    [`/${lower}-schema`]: {
      get: {
        operationId: `Get${thing}Schema`,
        summary: `Get the fields of a ${lower}`,
        description: `Gets the fields that a ${lower} of a kind has.`,
        'x-ms-visibility': 'internal',
        parameters: [
          {
            name: 'kind',
            in: 'query',
            required: true,
            type: 'string',
            'x-ms-summary': 'Kind',
            description: `The kind of ${lower}.`,
          },
        ],
        responses: {
          '200': {
            description: 'The fields.',
            schema: {
              type: 'object',
              properties: {
                schema: {
                  type: 'object',
                  'x-ms-summary': 'Schema',
                  description: 'The fields by name.',
                  properties: { properties: { type: 'object', description: 'The fields.', 'x-ms-summary': 'Fields' } },
                },
              },
            },
          },
        },
      },
    },
    [`/${lower}-hooks`]: webhook(thing),
    [`/${lower}-hooks/{hookId}`]: {
      delete: {
        operationId: `Delete${thing}Hook`,
        summary: `Stop telling of a ${lower}`,
        description: `Ends the notifications about a ${lower}.`,
        'x-ms-visibility': 'internal',
        parameters: [
          {
            name: 'hookId',
            in: 'path',
            required: true,
            type: 'string',
            'x-ms-url-encoding': 'single',
            'x-ms-summary': 'Hook',
            description: 'The notification that is to end.',
          },
        ],
        responses: { '204': { description: 'It has ended.' } },
      },
    },
    [`/${lower}-events`]: { get: poll(thing) },
  };
}

function listOperation(thing: string): Draft {
  const many = `${thing}s`;
  return {
    operationId: `List${many}`,
    summary: `List ${many.toLowerCase()}`,
    description: `Lists the ${many.toLowerCase()} that are in a state.`,
    tags: [thing],
    'x-ms-pageable': { nextLinkName: 'nextLink' },
    parameters: [
      {
        name: 'status',
        in: 'query',
        type: 'string',
        enum: ['open', 'closed'],
        default: 'open',
        'x-ms-summary': 'Status',
        description: 'The state to look for.',
        'x-ms-enum-values': [
          { value: 'open', displayName: 'Open' },
          { value: 'closed', displayName: 'Closed' },
        ],
      },
      {
        name: 'pageSize',
        in: 'query',
        type: 'integer',
        format: 'int32',
        minimum: 1,
        maximum: 100,
        default: 20,
        'x-ms-summary': 'Page Size',
        description: 'How many entries to list at once.',
      },
      {
        name: 'labels',
        in: 'query',
        type: 'array',
        items: { type: 'string', minLength: 1, maxLength: 20, pattern: '^[a-z]+$' },
        collectionFormat: 'csv',
        minItems: 0,
        maxItems: 5,
        'x-ms-summary': 'Labels',
        description: 'Labels that the entries must have.',
      },
    ],
    responses: {
      '200': {
        description: `The ${many.toLowerCase()}.`,
        headers: { 'X-Total': { type: 'integer', description: 'How many there are.' } },
        schema: {
          type: 'object',
          required: ['value'],
          properties: {
            value: {
              type: 'array',
              items: { $ref: `#/definitions/${thing}` },
              'x-ms-summary': many,
              description: 'The entries.',
            },
            nextLink: { type: 'string', 'x-ms-summary': 'Next Link', description: 'Where the next entries are.' },
          },
        },
        examples: { 'application/json': { value: [] } },
      },
      default: { description: 'Something went wrong.' },
    },
  };
}

function createOperation(thing: string): Draft {
  const lower = thing.toLowerCase();
  return {
    operationId: `Create${thing}`,
    summary: `Create a ${lower}`,
    description: `Creates a ${lower} with the fields that its kind has.`,
    tags: [thing],
    parameters: [
      {
        name: 'kind',
        in: 'query',
        required: true,
        type: 'string',
        'x-ms-summary': 'Kind',
        description: `The kind of ${lower}.`,
      },
      {
        name: 'body',
        in: 'body',
        required: true,
        schema: {
          type: 'object',
          required: ['title'],
          properties: {
            title: {
              type: 'string',
              minLength: 1,
              maxLength: 80,
              'x-ms-summary': 'Title',
              description: 'What it is called.',
            },
            amount: {
              type: 'number',
              format: 'double',
              minimum: 0,
              maximum: 1000,
              multipleOf: 0.5,
              'x-ms-summary': 'Amount',
              description: 'How much of it there is.',
            },
            fields: {
              type: 'object',
              'x-ms-summary': 'Fields',
              description: 'What its kind has besides.',
              'x-ms-dynamic-schema': {
                operationId: `Get${thing}Schema`,
                parameters: { kind: { parameter: 'kind' } },
                'value-path': 'schema',
              },
              'x-ms-dynamic-properties': {
                operationId: `Get${thing}Schema`,
                parameters: { kind: { parameterReference: 'kind' } },
                itemValuePath: 'schema',
              },
            },
          },
        },
      },
    ],
    responses: {
      '201': { description: `The ${lower} that was created.`, schema: { $ref: `#/definitions/${thing}` } },
      '400': { description: 'The request is not right.' },
    },
  };
}

function webhook(thing: string): Draft {
  const lower = thing.toLowerCase();
  return {
    'x-ms-notification-content': {
      description: `What is known of the ${lower}.`,
      schema: { $ref: `#/definitions/${thing}` },
    },
    post: {
      operationId: `Watch${thing}`,
      summary: `When a ${lower} is created`,
      description: `This operation triggers when a ${lower} is created.`,
      'x-ms-trigger': 'single',
      'x-ms-trigger-hint': `Create a ${lower} to see it work now.`,
      parameters: [
        {
          name: 'body',
          in: 'body',
          required: true,
          schema: {
            type: 'object',
            required: ['callback'],
            properties: {
              callback: {
                type: 'string',
                'x-ms-notification-url': true,
                'x-ms-visibility': 'internal',
                'x-ms-summary': 'Callback',
                description: 'Where to send what happens.',
              },
              topic: { type: 'string', 'x-ms-summary': 'Topic', description: 'What to be told of.' },
            },
          },
        },
      ],
      responses: { '201': { description: 'It will be told.' } },
    },
  };
}

function poll(thing: string): Draft {
  const lower = thing.toLowerCase();
  return {
    operationId: `On${thing}Changed`,
    summary: `When a ${lower} is changed`,
    description: `This operation triggers when a ${lower} is changed.`,
    'x-ms-trigger': 'batch',
    parameters: [
      {
        name: 'since',
        in: 'query',
        type: 'string',
        format: 'date-time',
        'x-ms-visibility': 'advanced',
        'x-ms-summary': 'Since',
        description: 'The moment from which changes count.',
      },
    ],
    responses: {
      '200': {
        description: 'The changes.',
        schema: { type: 'array', items: { $ref: `#/definitions/${thing}` } },
      },
    },
  };
}

function formField(name: string, type: string, description: string): Draft {
  const label = name.charAt(0).toUpperCase() + name.slice(1);
  return { name, in: 'formData', required: true, type, 'x-ms-summary': label, description };
}

function definitions(thing: string): Draft {
  return {
    [thing]: {
      type: 'object',
      required: ['id', 'title', 'kind'],
      discriminator: 'kind',
      properties: {
        id: { type: 'string', readOnly: true, 'x-ms-summary': 'ID', description: 'What it is known by.' },
        kind: { type: 'string', 'x-ms-summary': 'Kind', description: 'Of what kind it is.' },
        title: {
          type: 'string',
          minLength: 1,
          maxLength: 80,
          'x-ms-summary': 'Title',
          description: 'What it is called.',
        },
        level: {
          type: 'integer',
          format: 'int32',
          enum: [1, 2, 3],
          default: 1,
          'x-ms-summary': 'Level',
          description: 'How much it matters.',
        },
        price: {
          type: 'number',
          minimum: 0,
          exclusiveMinimum: true,
          maximum: 1000,
          exclusiveMaximum: true,
          'x-ms-summary': 'Price',
          description: 'What it costs.',
        },
        changedAt: {
          type: 'string',
          format: 'date-time',
          'x-ms-summary': 'Changed At',
          description: 'When it was changed.',
        },
        notes: {
          type: 'array',
          minItems: 0,
          maxItems: 10,
          items: { type: 'string' },
          'x-ms-summary': 'Notes',
          description: 'What people wrote about it.',
        },
        marks: {
          type: 'object',
          minProperties: 0,
          maxProperties: 10,
          additionalProperties: { type: 'string' },
          'x-ms-summary': 'Marks',
          description: 'What else it is marked with.',
          'x-ms-editor': 'dictionary',
        },
        address: { $ref: '#/definitions/Address' },
      },
    },
  };
}

function address(): Draft {
  return {
    type: 'object',
    description: 'Where something is.',
    properties: {
      street: { type: 'string', 'x-ms-summary': 'Street', description: 'The street and the number in it.' },
      city: { type: 'string', 'x-ms-summary': 'City', description: 'The city.' },
    },
  };
}
