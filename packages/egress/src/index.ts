export { checkNetworkRule } from './address-rules.ts';
export { asFetch } from './as-fetch.ts';
export type {
  Egress,
  EgressErrorCode,
  EgressRequest,
  EgressResponse,
  HeaderFields,
  NetworkRules,
  TlsOptions,
} from './contract.ts';
export { createEgress, type EgressOptions, type Refusal, type RefusalCode } from './egress.ts';
export { EgressError } from './errors.ts';
export { type ConnectionLimits, Governor, type GovernorClock } from './governor.ts';
export { retryAfterMs } from './retry-after.ts';
