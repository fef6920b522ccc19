import { z } from 'zod';
import { PlatformError } from '../../errors/platform-error.ts';
import { defineRoute } from '../../http/route.ts';

/** A connector's definition as its maker wrote it. The signature is the authority. */
export const getDefinition = defineRoute({
  method: 'GET',
  url: '/contents/apis/:api/apiDefinition.swagger.json',
  permission: 'signed',
  form: 'compatible',
  schema: {
    params: z.object({ api: z.string() }),
    querystring: z.looseObject({ se: z.string().default(''), sig: z.string().default('') }),
  },
  handler: async ({ services, params, query, reply }) => {
    const isSigned = await services.signatures.verify(params.api, ['content', 'definition', query.se], query.sig);
    if (!isSigned || !(Number(query.se) > Date.now())) {
      throw new PlatformError(
        'SignatureInvalid',
        'The link is not valid, or not any more. Read the connector again for a fresh one.',
      );
    }
    const { definition } = await services.connectors.get(params.api);
    return reply.type('application/json; charset=utf-8').send(definition);
  },
});
