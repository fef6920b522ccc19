import { invalidArgument } from '../check-arguments.ts';
import type { EagerFunction } from '../function-definition.ts';

/** Parses, so that definitions with agents can be read; there is no agent to ask. */
export const agentParameters: EagerFunction = {
  kind: 'eager',
  name: 'agentParameters',
  parameters: ['string'],
  apply: () => {
    throw invalidArgument('agentParameters', 'can be used inside the tools of an agent only.');
  },
};
