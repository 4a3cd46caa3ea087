import { Duration } from 'luxon';
import { type Calendar, type Day, dateAfter, dateAt, dayOf } from './calendar.ts';
import type { DueWhy } from './case.ts';
import type { Instant } from './chance.ts';

/** A target worked out: working hours in ms, or whole working days. */
type Span = { hours: number } | { days: number };

const LONGEST_DAYS = 400;

/**
 * When something is due in the station's working time, and why then.
 *
 * `PT4H` counts working hours from the moment it begins (Civil Code of the PRC, art. 201 par. 2).
 * `P5D` counts working days: the day it begins isn't counted, and the last one ends with its working hours (art. 201 par. 1, art. 203).
 * Throws a RangeError for what is not a target; see {@link isTarget}.
 */
export function dueAt(from: Instant, target: string, calendar: Calendar, promise: string): { at: Instant; why: DueWhy } {
  const span = spanOf(target);
  if (!span) throw new RangeError(`not a target: ${target}`);
  const walked = 'days' in span ? walkDays(from, span.days, calendar) : walkHours(from, span.hours, calendar);
  const last = walked.days.at(-1);
  return {
    at: walked.at,
    why: {
      promise,
      target,
      from,
      skipped: walked.days.flatMap(({ date, off }) => (off ? [{ date, why: off }] : [])),
      makeUp: walked.days.filter(({ makeUp, date }) => makeUp && date !== walked.notCounted).map(({ date }) => date),
      provisional: last !== undefined && last.date > calendar.coveredUntil,
    },
  };
}

/** Whether a text is a target: `PT30M`, `PT4H`, `P5D`; never both, never none, never years. */
export const isTarget = (text: string): boolean => spanOf(text) !== undefined;

interface Walked {
  at: Instant;
  /** Every local date from the first to the last. */
  days: readonly Day[];
  /** The day it began, where that day does not count. */
  notCounted?: string;
}

function walkDays(from: Instant, count: number, calendar: Calendar): Walked {
  const first = dayOf(calendar, dateAt(calendar, from));
  const days = [first];
  let left = count;
  let day = first;
  while (left > 0) {
    day = dayOf(calendar, dateAfter(day.date));
    days.push(day);
    if (day.worked.length > 0) left -= 1;
  }
  return { at: day.worked.at(-1)?.[1] ?? from, days, notCounted: first.date };
}

function walkHours(from: Instant, count: number, calendar: Calendar): Walked {
  const days: Day[] = [];
  let left = count;
  for (let date = dateAt(calendar, from); ; date = dateAfter(date)) {
    const day = dayOf(calendar, date);
    days.push(day);
    for (const [opens, closes] of day.worked) {
      const begins = Math.max(from, opens);
      if (closes <= begins) continue;
      if (left <= closes - begins) return { at: begins + left, days };
      left -= closes - begins;
    }
  }
}

function spanOf(target: string): Span | undefined {
  const duration = Duration.fromISO(target);
  if (!duration.isValid || target.startsWith('-')) return undefined;
  const { days, hours, minutes, years, quarters, months, weeks, seconds, milliseconds } = duration;
  if (years || quarters || months || weeks || seconds || milliseconds) return undefined;
  const wholeDays = Number.isInteger(days) && days > 0 && days <= LONGEST_DAYS;
  const time = hours * 3_600_000 + minutes * 60_000;
  if (wholeDays && time === 0) return { days };
  return days === 0 && time > 0 && time <= LONGEST_DAYS * 3_600_000 ? { hours: time } : undefined;
}
