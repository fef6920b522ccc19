import { ticksPerDay } from '../../time/date-time.ts';
import { addFunction } from './add-function.ts';

export const addDays = addFunction('addDays', ticksPerDay);
