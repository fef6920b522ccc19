import type { EagerFunction } from '../function-definition.ts';

export const action: EagerFunction = {
  kind: 'eager',
  name: 'action',
  parameters: [],
  apply: (_, scope) => scope.currentAction(),
};
