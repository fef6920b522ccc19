import { ticksPerDay, ticksPerSecond } from './date-time.ts';

/** A TimeSpan in .NET's constant format: `[-][d.]hh:mm:ss[.fffffff]`. */
export function formatTimeSpan(ticks: bigint): string {
  const { sign, days, hours, minutes, seconds, fraction } = partsOf(ticks);
  const clock = [hours, minutes, seconds].map((part) => String(part).padStart(2, '0')).join(':');
  return `${sign}${days === 0 ? '' : `${days}.`}${clock}${fraction === 0 ? '' : `.${String(fraction).padStart(7, '0')}`}`;
}

function partsOf(ticks: bigint) {
  const positive = ticks < 0n ? -ticks : ticks;
  const inDay = positive % ticksPerDay;
  const seconds = Number(inDay / ticksPerSecond);
  return {
    sign: ticks < 0n ? '-' : '',
    days: Number(positive / ticksPerDay),
    hours: Math.floor(seconds / 3600),
    minutes: Math.floor(seconds / 60) % 60,
    seconds: seconds % 60,
    fraction: Number(inDay % ticksPerSecond),
  };
}

/** Ticks of `[-][d.]hh:mm[:ss[.fffffff]]` or a number of days; undefined for anything else. */
export function parseTimeSpan(text: string): bigint | undefined {
  const match = /^\s*(-)?(?:(\d{1,8})\.)?(\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:\.(\d{1,7}))?)?\s*$/.exec(text);
  if (match === null) return /^\s*-?\d{1,8}\s*$/.test(text) ? BigInt(text.trim()) * ticksPerDay : undefined;
  const [, sign, days = '0', hours, minutes, seconds = '0', fraction = ''] = match;
  if (Number(hours) > 23 || Number(minutes) > 59 || Number(seconds) > 59) return undefined;
  const whole = BigInt(Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)) * ticksPerSecond;
  const total = BigInt(days) * ticksPerDay + whole + BigInt(fraction.padEnd(7, '0'));
  return sign === '-' ? -total : total;
}

/** A TimeSpan by a .NET format: `c`, `g`, `G` (with the culture's decimal point) or a custom one. Undefined for a format that .NET refuses. */
export function formatTimeSpanBy(ticks: bigint, format: string, point = '.'): string | undefined {
  const { sign, days, hours, minutes, seconds, fraction } = partsOf(ticks);
  const two = (value: number): string => String(value).padStart(2, '0');
  const digits = String(fraction).padStart(7, '0');
  if (['', 'c', 't', 'T'].includes(format)) return formatTimeSpan(ticks);
  if (format === 'g') {
    const trimmed = digits.replace(/0+$/, '');
    return `${sign}${days === 0 ? '' : `${days}:`}${hours}:${two(minutes)}:${two(seconds)}${trimmed === '' ? '' : point + trimmed}`;
  }
  if (format === 'G') return `${sign}${days}:${two(hours)}:${two(minutes)}:${two(seconds)}${point}${digits}`;
  if (format.length === 1) return undefined;
  let text = '';
  for (const [token] of format.matchAll(/\\.|'[^']*'|"[^"]*"|%.|([dhmsfF])\1*|./gs)) {
    const specifier = token.startsWith('%') ? token.slice(1) : token;
    const written = writeSpanSpecifier(specifier, { days, hours, minutes, seconds, digits });
    if (written === undefined) return undefined;
    text += written;
  }
  return text;
}

function writeSpanSpecifier(
  token: string,
  parts: {
    readonly days: number;
    readonly hours: number;
    readonly minutes: number;
    readonly seconds: number;
    readonly digits: string;
  },
): string | undefined {
  const pad = (value: number): string => String(value).padStart(token.length, '0');
  switch (token[0]) {
    case '\\':
      return token.slice(1);
    case "'":
    case '"':
      return token.slice(1, -1);
    case 'd':
      return pad(parts.days);
    case 'h':
      return pad(parts.hours);
    case 'm':
      return pad(parts.minutes);
    case 's':
      return pad(parts.seconds);
    case 'f':
      return token.length > 7 ? undefined : parts.digits.slice(0, token.length);
    case 'F':
      return token.length > 7 ? undefined : parts.digits.slice(0, token.length).replace(/0+$/, '');
    default:
      return undefined;
  }
}
