import type { NetworkRules } from '@patchbay/egress';

/**
 * What the command line may reach: it acts for the person at this machine, so their own machine and network too. Metadata and
 * link-local addresses stay refused.
 */
export const networkRules: NetworkRules = { allow: ['loopback', 'private'] };
