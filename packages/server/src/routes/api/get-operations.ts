import { signInKindOf } from '@patchbay/connector';
import { z } from 'zod';
import { defineRoute } from '../../http/route.ts';
import { connectionParameterView, operationView } from '../../views/operation-view.ts';

export const getOperations = defineRoute({
  method: 'GET',
  url: '/api/connectors/:connector/operations',
  permission: 'connector.read',
  form: 'problem',
  operationId: 'ListOperations',
  summary: 'The operations of a connector, and what a connection to it asks for',
  schema: {
    params: z.object({ connector: z.string() }),
    response: {
      200: z.object({
        operations: z.array(z.looseObject({})),
        connectionParameters: z.array(z.looseObject({})),
        signIn: z.enum(['none', 'browser', 'device']),
        connectionParameterSets: z.array(z.looseObject({ name: z.string(), parameters: z.array(z.looseObject({})) })),
      }),
    },
  },
  handler: async ({ services, params }) => {
    const { model } = await services.connectors.compiled(params.connector);
    return {
      operations: model.operations.map((operation) => operationView(model, operation)),
      connectionParameters: model.connectionParameters.map(connectionParameterView),
      signIn: signInKindOf(model),
      connectionParameterSets: model.connectionParameterSets.map(({ name, displayName, description, parameters }) => ({
        name,
        displayName,
        description,
        signIn: signInKindOf(model, name),
        parameters: parameters.map(connectionParameterView),
      })),
    };
  },
});
