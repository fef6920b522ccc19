import { z } from 'zod';

export const retentionBody = z.object({
  days: z.number().int().min(0).max(36_500).describe('Runs that ended longer ago are deleted; 0: none by age'),
  runsPerFlow: z
    .number()
    .int()
    .min(0)
    .max(1_000_000)
    .describe('Of the runs of a flow that have ended so many of the newest are kept; 0: as many as come'),
});
