import { and, asc, eq, isNull, lte } from 'drizzle-orm';
import type { Instant } from '../../domain/chance.ts';
import type { DecidePromise } from '../../domain/decision.ts';
import type { Outbound } from '../../domain/message.ts';
import type { Render } from '../store.ts';
import { apply } from './apply.ts';
import { caseDesk } from './case-desk.ts';
import type { Parts } from './parts.ts';
import { promiseOf } from './promises.ts';
import { say } from './say.ts';
import type { Scene } from './scene.ts';
import { promises } from './schema/cases.ts';
import { settledOrThrow } from './turn.ts';

type Row = typeof promises.$inferSelect;

const isDue = (now: Instant) => and(lte(promises.dueAt, now), isNull(promises.keptAt), isNull(promises.handledAt));

/** Promises that are due and were not dealt with, the longest due first. */
export const duePromises = ({ db }: Parts, now: Instant, limit: number): Row[] =>
  db.select().from(promises).where(isDue(now)).orderBy(asc(promises.dueAt)).limit(limit).all();

/** Deals with one, within a write: undefined where it was dealt with meanwhile. */
export function dealWith(parts: Parts, due: Row, now: Instant, decide: DecidePromise, render: Render): Outbound[] | undefined {
  const which = and(eq(promises.case, due.case), eq(promises.kind, due.kind), eq(promises.nth, due.nth));
  const row = parts.db
    .select()
    .from(promises)
    .where(and(which, isDue(now)))
    .get();
  if (!row) return undefined;
  const chance = parts.chance();
  const scene: Scene = { chance, actor: 'clock', about: row.case, promise: row.kind, changed: false, filedSealed: [], answered: new Set() };
  // First, so that a decision that promises the same one again for later stands.
  parts.db.update(promises).set({ handledAt: now }).where(which).run();
  const decision = settledOrThrow(decide(caseDesk(parts, parts.caseRows.orThrow(row.case), []), promiseOf(row), chance));
  apply(parts, scene, decision.changes);
  return say(parts, scene, decision.say, render);
}
