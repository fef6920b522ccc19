import { artifactKinds } from '@patchbay/workflow';
import { z } from 'zod';

/** Where an artifact is. */
export const artifactParams = z.object({
  environment: z.string(),
  kind: z.enum(artifactKinds),
  artifact: z.string().regex(/^[^/\\\p{Cc}]{1,128}$/u),
});
