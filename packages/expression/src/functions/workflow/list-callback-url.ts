import type { EagerFunction } from '../function-definition.ts';

export const listCallbackUrl: EagerFunction = {
  kind: 'eager',
  name: 'listCallbackUrl',
  parameters: [],
  apply: (_, scope) => scope.listCallbackUrl(),
};
