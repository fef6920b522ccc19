import { type DestinationStream, type Logger, pino } from 'pino';
import type { LogLevel } from './configuration/monitoring.ts';

/** Members that hold a secret wherever they stand in a log line. */
const secretMembers = ['req.headers', 'headers', '*.headers', '*.authorization', '*.cookie', '*.sig'];

/** The server's log: a JSON line for each entry, on standard output unless another destination is given. */
export function createLogger(level: LogLevel, destination?: DestinationStream): Logger {
  const options = { level, redact: { paths: secretMembers, censor: '***' } };
  return destination === undefined ? pino(options) : pino(options, destination);
}
