export { type Configuration, ConfigurationError, configurationVariables, readConfiguration } from './configuration.ts';
export { createPlatform, type Platform } from './platform.ts';
