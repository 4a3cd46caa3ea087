import { and, asc, eq, gt, inArray, isNotNull, isNull, ne, sql } from 'drizzle-orm';
import { stationOf, unitsBelow } from '../../domain/catalogue.ts';
import { type Id, idFrom } from '../../domain/chance.ts';
import { Refused } from '../../domain/refusal.ts';
import type { Decided, Reply } from '../../domain/reply.ts';
import type { CaseScope } from '../../domain/scope.ts';
import { present } from './absent.ts';
import { cursorOf, placeOf } from './cursor.ts';
import { ownFigures } from './figures.ts';
import type { Parts } from './parts.ts';
import { ratingReplies } from './schema/ratings.ts';

type Row = typeof ratingReplies.$inferSelect;

const where = { text: (id: Id): string => `rating_replies/text/${id}`, decision: (id: Id): string => `rating_replies/decision/${id}` };

/** One for a batch: written again it takes the place of the first, until it was decided. */
export function replyToRatings(parts: Parts, officer: Id, from: string, { text, appeal }: Pick<Reply, 'text' | 'appeal'>): void {
  const { db, keys } = parts;
  const batch = ownFigures(parts, officer).find((one) => one.from === from);
  const unit = parts.officers().get(officer)?.unit;
  if (!batch || unit === undefined) throw new Refused('not-found');
  const before = db
    .select()
    .from(ratingReplies)
    .where(and(eq(ratingReplies.officer, officer), eq(ratingReplies.from, from)))
    .get();
  if (before?.decision) throw new Refused('already-done');
  const id = before?.id ?? idFrom(parts.chance(), 'reply');
  const key = before ? keys.keyOf(before.text) : keys.create('reply', parts.now());
  const row = { id, officer, unit, from, to: batch.to, text: keys.seal(key, where.text(id), text), appeal: appeal ?? null };
  db.insert(ratingReplies).values(row).onConflictDoUpdate({ target: ratingReplies.id, set: row }).run();
  record(parts, row, officer, 'rating-replied');
}

export const repliesOf = (parts: Parts, officer: Id): Reply[] =>
  parts.db
    .select()
    .from(ratingReplies)
    .where(eq(ratingReplies.officer, officer))
    .all()
    .map((row) => replyOf(parts, row));

/** Appeals to decide first, each list in the order it was written. */
export function findReplies(parts: Parts, scope: CaseScope, after: string | undefined, limit: number): { items: Reply[]; next?: string } {
  const [beyond] = placeOf(parts.master, 'replies', after, ['string']) ?? [];
  const place = sql<string>`case when ${and(isNotNull(ratingReplies.appeal), isNull(ratingReplies.decision))} then '0' else '1' end || ${ratingReplies.id}`;
  const rows = parts.db
    .select({ row: ratingReplies, place })
    .from(ratingReplies)
    .where(and(inReach(parts, scope), beyond === undefined ? undefined : gt(place, beyond)))
    .orderBy(asc(place))
    .limit(limit + 1)
    .all();
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return {
    items: items.map(({ row }) => replyOf(parts, row)),
    ...(rows.length > limit && last && { next: cursorOf(parts.master, 'replies', [last.place]) }),
  };
}

export function decideAppeal(parts: Parts, scope: CaseScope, by: Id, id: Id, decided: Decided): void {
  const { db, keys } = parts;
  const row = db
    .select()
    .from(ratingReplies)
    .where(and(inReach(parts, scope), eq(ratingReplies.id, id)))
    .get();
  if (!row) throw new Refused('not-found');
  if (row.decision) throw new Refused('already-done');
  if (row.appeal === null) throw new Refused('not-allowed-now');
  const decision = keys.sealJson(keys.keyOf(row.text), where.decision(id), decided);
  db.update(ratingReplies).set({ decision }).where(eq(ratingReplies.id, id)).run();
  record(parts, row, by, decided.upheld ? 'appeal-upheld' : 'appeal-dismissed');
}

/** Inspection's, of officers of its stations; nobody decides their own. */
function inReach(parts: Parts, scope: CaseScope) {
  const reach =
    scope.sealed === 'all' ? scope.stations.flatMap((station) => unitsBelow(parts.catalogue(), station).map(({ id }) => id)) : [];
  return and(inArray(ratingReplies.unit, reach), ne(ratingReplies.officer, scope.notNamingOfficer));
}

function replyOf({ keys }: Parts, { text, decision, ...row }: Row): Reply {
  return present({
    ...row,
    appeal: row.appeal,
    text: keys.openText(where.text(row.id), text),
    decision: decision ? keys.openJson<Decided>(where.decision(row.id), decision) : undefined,
  });
}

const record = (parts: Parts, { id, unit, appeal }: Pick<Row, 'id' | 'unit' | 'appeal'>, by: Id, verb: string): void =>
  parts.audit({
    chain: stationOf(parts.catalogue(), unit)?.id ?? unit,
    actor: by,
    verb,
    subject: id,
    ...(appeal && { reasonCode: appeal }),
  });
