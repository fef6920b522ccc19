import { pino } from 'pino';
import { expect, it } from 'vitest';
import { RequestLogger } from './request-logger.ts';

const methods = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent', 'child'] as const;

function logging() {
  const lines: string[] = [];
  const parent = pino(
    { level: 'info', base: null, timestamp: false },
    {
      write: (line: string) => {
        lines.push(line);
      },
    },
  );
  let made = 0;
  parent.onChild = () => {
    made += 1;
  };
  return {
    logger: new RequestLogger(parent, { reqId: 'r1' }, {}),
    seen: () => ({ made, lines: lines.map((line) => JSON.parse(line) as unknown) }),
  };
}

it('makes no logger for a request that logs nothing', () => {
  const { logger, seen } = logging();
  // As the framework looks whether it is one.
  expect(methods.filter((method) => typeof logger[method] !== 'function')).toEqual([]);
  expect([logger.level, seen()]).toEqual(['info', { made: 0, lines: [] }]);
});

it('makes one logger for all that a request logs', () => {
  const { logger, seen } = logging();
  logger.info({ a: 1 }, 'one');
  logger.debug('not at this level');
  logger.error('two');
  logger.child({ part: 'p' }).warn('three');
  expect(seen()).toEqual({
    made: 2,
    lines: [
      { level: 30, reqId: 'r1', a: 1, msg: 'one' },
      { level: 50, reqId: 'r1', msg: 'two' },
      { level: 40, reqId: 'r1', part: 'p', msg: 'three' },
    ],
  });
});
