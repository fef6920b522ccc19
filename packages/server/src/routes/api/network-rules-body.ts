import { z } from 'zod';

export const networkRulesBody = z.object({
  allow: z.array(z.string().min(1)).max(200).describe('CIDR blocks, or the names loopback, private, link-local'),
});
