import { startOfFunction, startOfHourTicks } from './start-of.ts';

export const startOfHour = startOfFunction('startOfHour', startOfHourTicks);
