import { ianaTimeZone, type Value } from '@patchbay/expression';
import { asNumber, isList, isRecord, lowerText, valueMember } from '../run/value-types.ts';
import { readMomentMs } from './wall-clock.ts';

export type Frequency = 'Second' | 'Minute' | 'Hour' | 'Day' | 'Week' | 'Month' | 'Year';

/** When a trigger fires by itself. */
export type Recurrence = {
  readonly frequency: Frequency;
  readonly interval: number;
  /** Local to {@link timeZone} unless it has an offset. */
  readonly startTime?: string;
  readonly endTime?: string;
  /** An IANA name. */
  readonly timeZone: string;
  readonly schedule?: Schedule;
};

export type Schedule = {
  readonly hours: readonly number[];
  readonly minutes: readonly number[];
  /** 0 is Sunday. */
  readonly weekDays: readonly number[];
  /** 1 to 31, or -1 for the last day of the month, -2 for the one before. */
  readonly monthDays: readonly number[];
  readonly monthlyOccurrences: readonly { readonly day: number; readonly occurrence: number }[];
};

const frequencies: readonly Frequency[] = ['Second', 'Minute', 'Hour', 'Day', 'Week', 'Month', 'Year'];
const dayNames = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];

/** Highest interval per frequency. */
const maximumIntervals: { readonly [frequency in Frequency]: number } = {
  Second: 9_999_999,
  Minute: 72_000,
  Hour: 12_000,
  Day: 500,
  Week: 71,
  Month: 16,
  Year: 1,
};

export type ReadRecurrence =
  | { readonly kind: 'recurrence'; readonly recurrence: Recurrence }
  | { readonly kind: 'problem'; readonly message: string };

/** Reads `recurrence` of a trigger; numbers may be strings, as authors write them. */
export function readRecurrence(source: Value): ReadRecurrence {
  if (!isRecord(source)) return problem('a recurrence needs a frequency and an interval');
  const text = lowerText(valueMember(source, 'frequency'));
  const frequency = frequencies.find((known) => known.toLowerCase() === text);
  if (frequency === undefined) return problem(`the frequency "${text}" is not one of ${frequencies.join(', ')}`);
  const interval = readInteger(valueMember(source, 'interval') ?? 1);
  if (interval === undefined || interval < 1 || interval > maximumIntervals[frequency]) {
    return problem(`the interval of a ${frequency} recurrence must be 1 to ${maximumIntervals[frequency]}`);
  }
  const zoneName = readText(valueMember(source, 'timeZone'));
  const timeZone = zoneName === undefined ? 'UTC' : ianaTimeZone(zoneName);
  if (timeZone === undefined) return problem(`the time zone "${zoneName}" is not known`);
  const startTime = readText(valueMember(source, 'startTime'));
  const endTime = readText(valueMember(source, 'endTime'));
  for (const time of [startTime, endTime]) {
    if (time !== undefined && readMomentMs(time, timeZone) === undefined)
      return problem(`"${time}" is not a date and time such as 2026-11-24T09:00:00`);
  }
  const schedule = readSchedule(valueMember(source, 'schedule'));
  if (typeof schedule === 'string') return problem(schedule);
  return {
    kind: 'recurrence',
    recurrence: {
      frequency,
      interval,
      timeZone,
      ...(startTime === undefined ? {} : { startTime }),
      ...(endTime === undefined ? {} : { endTime }),
      ...(schedule === undefined ? {} : { schedule }),
    },
  };
}

function problem(message: string): ReadRecurrence {
  return { kind: 'problem', message };
}

function readSchedule(source: Value | undefined): Schedule | string | undefined {
  if (!isRecord(source) || Object.keys(source).length === 0) return undefined;
  const hours = readIntegers(source['hours'], 0, 23);
  const minutes = readIntegers(source['minutes'], 0, 59);
  const monthDays = readIntegers(source['monthDays'], -31, 31);
  const weekDays = readDays(source['weekDays']);
  if (hours === undefined) return 'schedule.hours must be numbers from 0 to 23';
  if (minutes === undefined) return 'schedule.minutes must be numbers from 0 to 59';
  if (monthDays?.every((day) => day !== 0) !== true)
    return 'schedule.monthDays must be 1 to 31, or -1 for the last day';
  if (weekDays === undefined) return 'schedule.weekDays must be names of days';
  const monthlyOccurrences = readOccurrences(source['monthlyOccurrences']);
  if (monthlyOccurrences === undefined) return 'schedule.monthlyOccurrences must be pairs of a day and an occurrence';
  return { hours, minutes, weekDays, monthDays, monthlyOccurrences };
}

function readOccurrences(source: Value | undefined): Schedule['monthlyOccurrences'] | undefined {
  if (source === undefined || source === null) return [];
  if (!isList(source)) return undefined;
  const made = source.map((entry) => ({
    day: dayNames.indexOf(lowerText(valueMember(entry, 'day') ?? valueMember(entry, 'dayOfWeek'))),
    occurrence: readInteger(valueMember(entry, 'occurrence') ?? null) ?? 0,
  }));
  return made.every(({ day, occurrence }) => day >= 0 && occurrence !== 0 && Math.abs(occurrence) <= 5)
    ? made
    : undefined;
}

function readDays(source: Value | undefined): readonly number[] | undefined {
  if (source === undefined || source === null) return [];
  const days = (isList(source) ? source : [source]).map((day) => dayNames.indexOf(lowerText(day)));
  return days.every((day) => day >= 0) ? [...new Set(days)] : undefined;
}

function readIntegers(source: Value | undefined, lowest: number, highest: number): readonly number[] | undefined {
  if (source === undefined || source === null) return [];
  const numbers: number[] = [];
  for (const entry of isList(source) ? source : [source]) {
    const number = readInteger(entry);
    if (number === undefined || number < lowest || number > highest) return undefined;
    numbers.push(number);
  }
  return [...new Set(numbers)].sort((left, right) => left - right);
}

function readInteger(value: Value): number | undefined {
  const number = typeof value === 'string' && /^\s*-?\d+\s*$/.test(value) ? Number(value) : asNumber(value);
  return number !== undefined && Number.isInteger(number) ? number : undefined;
}

function readText(value: Value | undefined): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}
