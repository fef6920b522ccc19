import type { Flow } from '../../services/flow-revision.ts';
import type { Services } from '../../services/services.ts';

/** The flow that an address names, in the environment that it names. */
export async function findFlow(
  services: Services,
  params: { readonly environment: string; readonly flow: string },
): Promise<Flow> {
  const environment = await services.environments.get(params.environment);
  return services.flows.get(params.flow, environment.id);
}
