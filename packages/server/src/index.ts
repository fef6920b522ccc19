export { type Configuration, ConfigurationError, configurationVariables, readConfiguration } from './configuration.ts';
export { errorCodes } from './errors/codes.ts';
export { createLogger } from './logger.ts';
export { createPlatform, type Platform } from './platform.ts';
