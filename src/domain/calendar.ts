import { createRequire } from 'node:module';
import { DateTime } from 'luxon';
import type { StationSettings, WeeklyHours } from './catalogue.ts';
import type { Instant } from './chance.ts';

/**
 * The notices of all years, as chinese-days carries them. Its functions are passed over on purpose: west of UTC they answer
 * for the day before, and for a year that is not announced they answer as if it had no holidays.
 */
const announced: Record<'holidays' | 'workdays', Readonly<Record<string, string>>> = createRequire(import.meta.url)(
  'chinese-days/dist/chinese-days.json',
);

/** The last date of the last announced year; National Day is in each. */
export const coveredUntil = `${Object.keys(announced.holidays)
  .filter((date) => date.endsWith('-10-01'))
  .map((date) => date.slice(0, 4))
  .sort()
  .at(-1)}-12-31`;

/** A station's working time: its zone and weekly hours, over China's public holidays and make-up workdays. */
export interface Calendar {
  zone: string;
  hours: WeeklyHours;
  /** The last local date (`2026-12-31`) whose holidays are announced; after it a date may still move. */
  coveredUntil: string;
  /** Days once worked out; only a shortcut. */
  known: Map<string, Day>;
}

/** One local date: when it is worked, or why it is not. */
export interface Day {
  date: string;
  /** `[from, to)` in instants, in order; none on a day off. */
  worked: readonly (readonly [from: Instant, to: Instant])[];
  off?: 'weekend' | 'holiday' | 'closed';
  /** A weekend day worked to make up for a holiday. */
  makeUp: boolean;
}

/** 08:30–12:00 and 14:00–17:30, Monday to Friday: what counts where a station has set no hours at all. */
export const usualHours: WeeklyHours = Object.fromEntries(
  [1, 2, 3, 4, 5].map((weekday) => [
    weekday,
    [
      [510, 720],
      [840, 1050],
    ] as const,
  ]),
);

const calendars = new WeakMap<StationSettings, Calendar>();

/** The calendar of a catalogue's settings; the same settings give the same one again. */
export function calendarOf(settings: StationSettings): Calendar {
  const made = calendars.get(settings);
  if (made) return made;
  const anyHours = Object.values(settings.hours).some((spans) => spans.length > 0);
  const calendar = { zone: settings.zone, hours: anyHours ? settings.hours : usualHours, coveredUntil, known: new Map() };
  calendars.set(settings, calendar);
  return calendar;
}

/** Whether this is working time: somebody is expected at the desk. */
export const isStaffed = (now: Instant, calendar: Calendar): boolean =>
  dayOf(calendar, dateAt(calendar, now)).worked.some(([from, to]) => now >= from && now < to);

/** The local date of an instant. */
export const dateAt = (calendar: Calendar, at: Instant): string => DateTime.fromMillis(at, { zone: calendar.zone }).toFormat('yyyy-MM-dd');

/** The local date after one. */
export const dateAfter = (date: string): string => DateTime.fromISO(date, { zone: 'utc' }).plus({ days: 1 }).toFormat('yyyy-MM-dd');

const MOST_DAYS_KNOWN = 2_000;

/** What a local date is at this station. */
export function dayOf(calendar: Calendar, date: string): Day {
  const known = calendar.known.get(date);
  if (known) return known;
  if (calendar.known.size >= MOST_DAYS_KNOWN) calendar.known.clear();
  const day = workOut(calendar, date);
  calendar.known.set(date, day);
  return day;
}

function workOut(calendar: Calendar, date: string): Day {
  const midnight = DateTime.fromISO(date, { zone: calendar.zone });
  const notice = announcedAs(date);
  if (notice === 'holiday') return { date, worked: [], off: 'holiday', makeUp: false };
  const weekend = midnight.weekday > 5;
  const ownSpans = calendar.hours[midnight.weekday] ?? [];
  const makeUp = notice === 'make-up' && weekend && ownSpans.length === 0;
  const spans = makeUp ? mondaysOrFirst(calendar.hours) : ownSpans;
  if (spans.length === 0) return { date, worked: [], off: weekend ? 'weekend' : 'closed', makeUp: false };
  // Wall-clock minutes, not minutes elapsed since midnight: 08:30 stays 08:30 on the day clocks change.
  const at = (minutes: number): Instant => midnight.set({ hour: Math.floor(minutes / 60), minute: minutes % 60 }).toMillis();
  const worked = spans.map(([from, to]) => [at(from), at(to)] as const).filter(([from, to]) => to > from);
  return { date, worked: worked.sort(([a], [b]) => a - b), makeUp };
}

const mondaysOrFirst = (hours: WeeklyHours): WeeklyHours[number] =>
  [1, 2, 3, 4, 5, 6, 7].map((weekday) => hours[weekday] ?? []).find((spans) => spans.length > 0) ?? [];

/** What the State Council's yearly notice says of a date; undefined: an ordinary day, or a year not announced. */
function announcedAs(date: string): 'holiday' | 'make-up' | undefined {
  if (Object.hasOwn(announced.holidays, date)) return 'holiday';
  return Object.hasOwn(announced.workdays, date) ? 'make-up' : undefined;
}
