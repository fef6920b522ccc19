import { startOfDayTicks, startOfFunction } from './start-of.ts';

export const startOfDay = startOfFunction('startOfDay', startOfDayTicks);
