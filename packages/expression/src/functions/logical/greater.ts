import { comparingFunction } from './compare-values.ts';

export const greater = comparingFunction('greater', (order) => order > 0);
