import { z } from 'zod';

/** What variables of several groups take. */

export const port = z
  .string()
  .regex(/^\d{1,5}$/)
  .transform(Number)
  .pipe(z.number().max(65_535));

export const count = z
  .string()
  .regex(/^\d{1,12}$/)
  .transform(Number);

export const text = z.string().min(1);

export const webAddress = z
  .url({ protocol: /^https?$/ })
  .refine((value) => URL.canParse(value) && new URL(value).username === '');
