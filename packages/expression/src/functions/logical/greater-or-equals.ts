import { comparingFunction } from './compare-values.ts';

export const greaterOrEquals = comparingFunction('greaterOrEquals', (order) => order >= 0);
