import type { EagerFunction } from '../function-definition.ts';

export const workflow: EagerFunction = {
  kind: 'eager',
  name: 'workflow',
  parameters: [],
  apply: (_, scope) => scope.workflow(),
};
