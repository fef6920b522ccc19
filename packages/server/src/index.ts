export type { Configuration } from './configuration/configuration.ts';
export { ConfigurationError } from './configuration/configuration-error.ts';
export { readConfiguration } from './configuration/read-configuration.ts';
export { settingGroups } from './configuration/setting-groups.ts';
export { errorCodes } from './errors/codes.ts';
export { createLogger } from './logger.ts';
export { createPlatform, type Platform } from './platform.ts';
export { RunRetention, type RunRetentionOptions } from './services/run-retention.ts';
