import { PlatformError } from '../errors/platform-error.ts';

const form = /^(\d{4}-\d\d-\d\d)(?:T(\d\d:\d\d)(?::(\d\d)(?:\.(\d{1,7})\d*)?)?(Z|[+-]\d\d:\d\d)?)?$/i;
const ticksPerSecond = 10_000_000n;

/**
 * A time of a `$filter` as runs have theirs: UTC with seven digits, so that texts compare as times do. Without a zone it is UTC.
 * `laterTicks` of 100 ns are added. Throws `InvalidRequest`.
 */
export function filterTime(text: string, laterTicks: 0 | 1 = 0): string {
  const [, date, time = '00:00', seconds = '00', fraction = '', zone = 'Z'] = form.exec(text) ?? [];
  const wholeMs = Date.parse(`${date}T${time}:${seconds}${zone.toUpperCase()}`);
  if (Number.isNaN(wholeMs)) {
    throw new PlatformError(
      'InvalidRequest',
      `"${text}" in the \`$filter\` is no time. Write it as in 2026-01-31T08:00:00Z.`,
    );
  }
  const ticks = (BigInt(wholeMs) * ticksPerSecond) / 1000n + BigInt(fraction.padEnd(7, '0')) + BigInt(laterTicks);
  const whole = new Date(Number((ticks / ticksPerSecond) * 1000n));
  return `${whole.toISOString().slice(0, 19)}.${String(ticks % ticksPerSecond).padStart(7, '0')}Z`;
}
