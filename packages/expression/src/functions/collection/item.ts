import type { EagerFunction } from '../function-definition.ts';

export const item: EagerFunction = { kind: 'eager', name: 'item', parameters: [], apply: (_, scope) => scope.item() };
