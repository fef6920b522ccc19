import type { EagerFunction } from '../function-definition.ts';

export const trigger: EagerFunction = {
  kind: 'eager',
  name: 'trigger',
  parameters: [],
  apply: (_, scope) => scope.trigger(),
};
