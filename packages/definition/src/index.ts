export type { Finding } from './finding.ts';
export type * from './model.ts';
