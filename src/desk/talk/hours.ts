import { calendarOf, isStaffed } from '../../domain/calendar.ts';
import { dueAt } from '../../domain/due.ts';
import type { Talk } from './talk.ts';
import { dayAndTime } from './when.ts';

/** Outside staffed hours: when people read again, in words. Undefined while somebody is expected at the desk. */
export function readAgain({ desk, chance, locale }: Talk): string | undefined {
  const calendar = calendarOf(desk.catalogue.settings);
  if (isStaffed(chance.now, calendar)) return undefined;
  // A minute of working time ends a minute after the doors open.
  const opens = dueAt(chance.now, 'PT1M', calendar, 'opening').at - 60_000;
  return dayAndTime(opens, locale, calendar.zone);
}

/** An instant as the resident reads it. */
export const inWordsOf = ({ desk, locale }: Talk, at: number): string => dayAndTime(at, locale, desk.catalogue.settings.zone);
