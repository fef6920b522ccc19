import { comparingFunction } from './compare-values.ts';

export const lessOrEquals = comparingFunction('lessOrEquals', (order) => order <= 0);
