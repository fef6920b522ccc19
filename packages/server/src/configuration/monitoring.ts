import { z } from 'zod';
import type { ConfigurationVariable, ValuesOf } from './configuration-variable.ts';

/** What the server says of itself. */
export const monitoringVariables = [
  {
    name: 'PATCHBAY_LOG_LEVEL',
    takes: 'trace, debug, info, warn, error, fatal or silent',
    example: 'info',
    default: 'warn',
    description:
      'What is logged, one JSON line an entry: refused requests at info, answered ones at debug, failures of the server at error.',
    schema: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']),
  },
  {
    name: 'PATCHBAY_METRICS_TOKEN',
    takes: 'a text of at least 16 characters',
    example: '…',
    description:
      'What a monitoring system sends as a bearer token to read `/metrics`. Without it, `/metrics` is for whoever is signed in and, where the server is reached on this machine only, for this machine.',
    schema: z.string().min(16),
  },
] as const satisfies readonly ConfigurationVariable[];

export type MonitoringSettings = {
  readonly logLevel: LogLevel;
  /** What a monitoring system sends as a bearer token to read the metrics. */
  readonly metricsToken?: string;
};

export type LogLevel = ValuesOf<typeof monitoringVariables>['PATCHBAY_LOG_LEVEL'];

export function readMonitoring(values: ValuesOf<typeof monitoringVariables>): MonitoringSettings {
  const metricsToken = values.PATCHBAY_METRICS_TOKEN;
  return { logLevel: values.PATCHBAY_LOG_LEVEL, ...(metricsToken !== undefined && { metricsToken }) };
}
