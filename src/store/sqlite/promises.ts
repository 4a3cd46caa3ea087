import { eq } from 'drizzle-orm';

import type { Id } from '../../domain/chance.ts';
import type { CasePatch, Change, PromiseRow } from '../../domain/decision.ts';
import { present } from './absent.ts';
import type { Parts } from './parts.ts';
import type { Scene } from './scene.ts';
import { promises } from './schema/cases.ts';

/** Owed from now; the same one promised again gets its new date. */
export function makePromise(parts: Parts, _scene: Scene, { case: of, kind, nth, dueAt, why }: Extract<Change, { do: 'promise' }>): void {
  parts
    .statement(
      `insert into promises (case_id, kind, nth, due_at, why) values (?, ?, ?, ?, ?)
       on conflict (case_id, kind, nth) do update set due_at = excluded.due_at, why = excluded.why, kept_at = null, handled_at = null`,
    )
    .run(of, kind, nth, dueAt, why ? JSON.stringify(why) : null);
}

/** Kept, or given up; without `nth` every open one of the kind. */
export function keepPromise(parts: Parts, { chance }: Scene, { case: of, kind, nth }: Extract<Change, { do: 'keep' }>): void {
  parts
    .statement('update promises set kept_at = ? where case_id = ? and kind = ? and (? is null or nth = ?) and kept_at is null')
    .run(chance.now, of, kind, nth ?? null, nth ?? null);
}

export function promisesOf({ db }: Parts, id: Id): PromiseRow[] {
  return db.select().from(promises).where(eq(promises.case, id)).orderBy(promises.dueAt).all().map(promiseOf);
}

export const promiseOf = ({ case: of, kind, nth, dueAt, why, keptAt }: typeof promises.$inferSelect): PromiseRow =>
  present({ case: of, kind, nth, dueAt, why, keptAt });

/** Remembers a date a case was given, at the event that gave it. */
export function keepDueHistory(parts: Parts, id: Id, { dueAt, dueWhy }: Pick<CasePatch, 'dueAt' | 'dueWhy'>): void {
  parts
    .statement(
      'insert into due_history (case_id, seq, due_at, why) select id, updated_seq, ?, ? from cases where id = ? on conflict do nothing',
    )
    .run(dueAt ?? null, dueWhy ? JSON.stringify(dueWhy) : null, id);
}
