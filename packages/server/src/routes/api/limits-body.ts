import { z } from 'zod';

const most = 1_000_000;

export const limitsBody = z.object({
  requestsPerMinute: z.number().int().min(0).max(most).describe('On each connection; 0: as many as come'),
  concurrentRequests: z.number().int().min(0).max(most).describe('Under way at a time; 0: as many as come'),
  maxWaitMs: z.number().int().min(0).max(3_600_000).describe('The longest that a request is held back'),
  timeoutMs: z
    .number()
    .int()
    .min(1)
    .max(3_600_000)
    .optional()
    .describe('The longest that a request may take; the longest that the server allows when absent'),
  retryBudgetPercent: z
    .number()
    .int()
    .min(0)
    .max(100)
    .optional()
    .describe('Repeats of what an API refused with 429, in percent of requests; 0: none, 20 when absent'),
});
