import { ticksPerSecond } from '../../time/date-time.ts';
import { addFunction } from './add-function.ts';

export const addSeconds = addFunction('addSeconds', ticksPerSecond);
