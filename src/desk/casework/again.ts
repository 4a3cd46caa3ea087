import { calendarOf } from '../../domain/calendar.ts';
import type { CaseFile, DueWhy } from '../../domain/case.ts';
import type { Catalogue } from '../../domain/catalogue.ts';
import type { Instant } from '../../domain/chance.ts';
import type { Change, PromiseKind } from '../../domain/decision.ts';
import { dueAt } from '../../domain/due.ts';
import { targetsOf } from '../../domain/targets.ts';

/** What a case that comes back is owed anew, beside what was promised before: that stays as it was, kept or broken. */
export function owedAgain(
  file: Pick<CaseFile, 'id' | 'kind' | 'about' | 'sealed' | 'topic'>,
  nth: number,
  { catalogue, now }: { catalogue: Catalogue; now: Instant },
): { patch: { dueAt: Instant; dueWhy: DueWhy }; changes: Change[] } {
  const { firstAnswer, finish } = targetsOf(
    file,
    catalogue.topics.find(({ code }) => code === file.topic),
  );
  const calendar = calendarOf(catalogue.settings);
  const owed = (kind: PromiseKind, target: string) => ({ kind, ...dueAt(now, target, calendar, kind) });
  const first = owed('first-answer', firstAnswer);
  const all = finish === undefined ? [first] : [first, owed('finish', finish)];
  return {
    patch: { dueAt: first.at, dueWhy: first.why },
    changes: all.map(({ kind, at, why }) => ({ do: 'promise', case: file.id, kind, nth, dueAt: at, why })),
  };
}
