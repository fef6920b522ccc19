import type { PolicyTemplate } from '../policy.ts';

/** Says how a trigger polls; it is the trigger that reads it, a call of the operation goes as it is. */
export const pollingTrigger: PolicyTemplate = { templateId: 'pollingtrigger', compile: () => ({ on: 'trigger' }) };
