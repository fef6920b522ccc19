import { comparingFunction } from './compare-values.ts';

export const less = comparingFunction('less', (order) => order < 0);
