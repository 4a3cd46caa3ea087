import type { Language } from './words.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const formats = new Map<string, Intl.DateTimeFormat>();
const format = (language: Language, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat => {
  const key = `${language}${JSON.stringify(options)}`;
  const known = formats.get(key) ?? new Intl.DateTimeFormat(language, options);
  formats.set(key, known);
  return known;
};

const clockOnly: Intl.DateTimeFormatOptions = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' };
const dayOnly: Intl.DateTimeFormatOptions = { month: 'long', day: 'numeric', weekday: 'short' };
const dayAndClock: Intl.DateTimeFormatOptions = { month: 'short', day: 'numeric', ...clockOnly };

const startOfDay = (at: Date): number => new Date(at.getFullYear(), at.getMonth(), at.getDate()).getTime();

/** Whole days from today's: 0 today, 1 tomorrow, -1 yesterday. */
export const daysFrom = (at: Date, now: Date): number => Math.round((startOfDay(at) - startOfDay(now)) / DAY);

/** `17:30` today, `Jul 3, 17:30` on other days, with the year where it is another. */
export function shortTime(iso: string, now: Date, language: Language): string {
  const at = new Date(iso);
  if (daysFrom(at, now) === 0) return format(language, clockOnly).format(at);
  const year: Intl.DateTimeFormatOptions = at.getFullYear() === now.getFullYear() ? {} : { year: 'numeric' };
  return format(language, { ...year, ...dayAndClock }).format(at);
}

/** Day and clock in full: for a title and for the moment something is due. */
export const fullTime = (iso: string, language: Language): string =>
  format(language, { dateStyle: 'long', timeStyle: 'short', hourCycle: 'h23' }).format(new Date(iso));

/** `17:30`. */
export const clockTime = (iso: string, language: Language): string => format(language, clockOnly).format(new Date(iso));

/** `Friday, July 3`: the day a conversation goes on. */
export const dayName = (iso: string, language: Language): string => format(language, dayOnly).format(new Date(iso));

/** A local date of the station's calendar (`2026-10-01`), as people say it. */
export const calendarDay = (date: string, language: Language): string =>
  format(language, { month: 'short', day: 'numeric', timeZone: 'UTC' }).format(new Date(`${date}T00:00:00Z`));

/** `now`, `3 hours ago`, `in 2 days`: the largest unit that fits. */
export function distance(iso: string, now: Date, language: Language): string {
  const ahead = new Date(iso).getTime() - now.getTime();
  if (Math.abs(ahead) < MINUTE) return new Intl.RelativeTimeFormat(language, { numeric: 'auto' }).format(0, 'second');
  const [amount, unit]: [number, Intl.RelativeTimeFormatUnit] =
    Math.abs(ahead) >= DAY ? [ahead / DAY, 'day'] : Math.abs(ahead) >= HOUR ? [ahead / HOUR, 'hour'] : [ahead / MINUTE, 'minute'];
  return new Intl.RelativeTimeFormat(language, { numeric: 'always' }).format(Math.trunc(amount), unit);
}

/** `3 hours`, `2 days`: how long it is between two moments. */
export function span(from: Date, to: Date, language: Language): string {
  const length = Math.abs(to.getTime() - from.getTime());
  const [amount, unit] = length >= DAY ? [length / DAY, 'day'] : length >= HOUR ? [length / HOUR, 'hour'] : [length / MINUTE, 'minute'];
  const options: Intl.NumberFormatOptions = { style: 'unit', unit, unitDisplay: 'long', maximumFractionDigits: 0 };
  return new Intl.NumberFormat(language, options).format(Math.max(Math.trunc(amount), 1));
}
