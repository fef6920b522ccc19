import { ExpressionError } from '../../errors.ts';
import type { EagerFunction } from '../function-definition.ts';

/** Parses, so that definitions with agents can be read; there is no agent to ask. */
export const agentParameters: EagerFunction = {
  kind: 'eager',
  name: 'agentParameters',
  parameters: ['string'],
  apply: () => {
    throw new ExpressionError(
      `The template language function 'agentParameters' can be used inside the tools of an agent only.`,
      { reason: 'scope' },
    );
  },
};
