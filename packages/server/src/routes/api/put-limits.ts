import type { ConnectionLimits } from '@patchbay/egress';
import type { z } from 'zod';
import { defineRoute } from '../../http/route.ts';
import { environmentParams } from '../management/schemas.ts';
import { limitsBody } from './limits-body.ts';

/** Without the members that say nothing. */
function definedMembers({ timeoutMs, retryBudgetPercent, ...rest }: z.output<typeof limitsBody>): ConnectionLimits {
  return {
    ...rest,
    ...(timeoutMs !== undefined && { timeoutMs }),
    ...(retryBudgetPercent !== undefined && { retryBudgetPercent }),
  };
}

export const putLimits = defineRoute({
  method: 'PUT',
  url: '/api/environments/:environment/limits',
  permission: 'environment.administer',
  form: 'problem',
  operationId: 'SetLimits',
  summary: 'Say how much may go out on each connection of an environment',
  schema: { params: environmentParams, body: limitsBody, response: { 200: limitsBody } },
  handler: async ({ services, params, body }) => {
    const { id } = await services.environments.get(params.environment);
    await services.environments.setLimits(id, definedMembers(body));
    return services.environments.allLimits(id);
  },
});
