import { ticksPerSecond } from '../../time/date-time.ts';
import { addFunction } from './add-function.ts';

export const addMinutes = addFunction('addMinutes', 60n * ticksPerSecond);
