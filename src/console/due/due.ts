import type { z } from 'zod';
import type { dueView } from '../../http/views/case.ts';
import { calendarDay, clockTime, daysFrom, fullTime, shortTime, span } from '../words/time.ts';
import { hasWords, type Language, type Say } from '../words/words.ts';

export type Due = z.infer<typeof dueView>;
export type Urgency = 'overdue' | 'half' | 'calm';

/** Overdue, past half of its time, or neither. */
export function urgencyOf(due: Due, now: Date): Urgency {
  const at = new Date(due.at).getTime();
  if (at < now.getTime()) return 'overdue';
  if (!due.why) return 'calm';
  const from = new Date(due.why.from).getTime();
  return now.getTime() - from >= (at - from) / 2 ? 'half' : 'calm';
}

/** `Overdue by 3 hours`, `Today 17:30`, `Tomorrow 09:10`, `Jul 3, 17:30`. */
export function dueWords(due: Due, now: Date, say: Say, language: Language): string {
  const at = new Date(due.at);
  if (at < now) return say('due.overdueBy', { span: span(at, now, language) });
  const days = daysFrom(at, now);
  if (days === 0) return say('due.today', { time: clockTime(due.at, language) });
  if (days === 1) return say('due.tomorrow', { time: clockTime(due.at, language) });
  return shortTime(due.at, now, language);
}

/** `PT4H` counts working hours, `P5D` working days. */
function targetWords(target: string, say: Say): string {
  const [, days, hours] = /^P(?:(\d+)D)?(?:T(\d+)H)?$/.exec(target) ?? [];
  if (days) return say('due.workingDays', { count: days });
  if (hours) return say('due.workingHours', { count: hours });
  return target;
}

const promiseWords = (promise: string, say: Say): string =>
  hasWords(`due.promise.${promise}`) ? say(`due.promise.${promise}`) : say('due.promise.other');

/** Why it is due then, a sentence a line. */
export function dueReasons(due: Due, say: Say, language: Language): string[] {
  const { at, why } = due;
  const until = say('due.until', { at: fullTime(at, language) });
  if (!why) return [until];
  const days = (reason: string) =>
    why.skipped
      .filter((skipped) => skipped.why === reason)
      .map(({ date }) => calendarDay(date, language))
      .join(say('list.comma'));
  const lines = [
    say('due.owed', { promise: promiseWords(why.promise, say), target: targetWords(why.target, say) }),
    say('due.from', { at: fullTime(why.from, language) }),
    ...['weekend', 'holiday', 'closed'].flatMap((reason) => (days(reason) ? [say(`due.skipped.${reason}`, { days: days(reason) })] : [])),
    ...(why.makeUp.length > 0
      ? [say('due.makeUp', { days: why.makeUp.map((date) => calendarDay(date, language)).join(say('list.comma')) })]
      : []),
    ...(why.provisional ? [say('due.provisional')] : []),
  ];
  return [...lines, until];
}
