import { and, eq, isNull } from 'drizzle-orm';

import type { Id } from '../../domain/chance.ts';
import type { CasePatch, Change, PromiseRow } from '../../domain/decision.ts';
import { present } from './absent.ts';
import type { Parts } from './parts.ts';
import type { Scene } from './scene.ts';
import { dueHistory, promises } from './schema/cases.ts';

/** Owed from now; the same one promised again gets its new date. */
export function makePromise({ db }: Parts, _scene: Scene, change: Extract<Change, { do: 'promise' }>): void {
  const due = { dueAt: change.dueAt, why: change.why ?? null, keptAt: null, handledAt: null };
  db.insert(promises)
    .values({ case: change.case, kind: change.kind, nth: change.nth, ...due })
    .onConflictDoUpdate({ target: [promises.case, promises.kind, promises.nth], set: due })
    .run();
}

/** Kept, or given up; without `nth` every open one of the kind. */
export function keepPromise({ db }: Parts, scene: Scene, change: Extract<Change, { do: 'keep' }>): void {
  db.update(promises)
    .set({ keptAt: scene.chance.now })
    .where(
      and(
        eq(promises.case, change.case),
        eq(promises.kind, change.kind),
        change.nth === undefined ? undefined : eq(promises.nth, change.nth),
        isNull(promises.keptAt),
      ),
    )
    .run();
}

export function promisesOf({ db }: Parts, id: Id): PromiseRow[] {
  return db.select().from(promises).where(eq(promises.case, id)).orderBy(promises.dueAt).all().map(promiseOf);
}

export const promiseOf = ({ case: of, kind, nth, dueAt, why, keptAt }: typeof promises.$inferSelect): PromiseRow =>
  present({ case: of, kind, nth, dueAt, why, keptAt });

/** Remembers a date a case was given, at the event that gave it. */
export function keepDueHistory({ db, caseRows }: Parts, id: Id, { dueAt, dueWhy }: Pick<CasePatch, 'dueAt' | 'dueWhy'>): void {
  const { updatedSeq } = caseRows.orThrow(id);
  db.insert(dueHistory)
    .values({ case: id, seq: updatedSeq, dueAt: dueAt ?? null, why: dueWhy ?? null })
    .onConflictDoNothing()
    .run();
}
