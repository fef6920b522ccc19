import { ticksPerSecond } from '../../time/date-time.ts';
import { addFunction } from './add-function.ts';

export const addHours = addFunction('addHours', 3600n * ticksPerSecond);
