import { and, eq, gt } from 'drizzle-orm';
import type { Id } from '../../domain/chance.ts';
import type { Act, Acted, Render } from '../store.ts';
import { apply } from './apply.ts';
import { caseDesk, emptyDesk } from './caseDesk.ts';
import { eventsOf } from './caseEvents.ts';
import type { CaseRow } from './caseRow.ts';
import type { Parts } from './parts.ts';
import { say } from './say.ts';
import type { Scene } from './scene.ts';
import { idempotency } from './schema/accounts.ts';
import { anywhere, nowhere, withinScope } from './within.ts';

type Refusal = Extract<Acted, { done: false }>;
type Once = NonNullable<Act['once']>;

const KEY_KEPT_MS = 7 * 86_400_000;

/** An act on a case, within a write. Missing and hidden are one query and one answer; then the key, the version, the rules. */
export function act(parts: Parts, { actor, reference, seen, once, names = [], decide }: Act, render: Render): Acted {
  const chance = parts.chance();
  const account = actor.kind === 'officer' ? actor.officer : actor.kind;
  const row = reference === undefined ? undefined : parts.caseRows.within(reference, reachOf(actor));
  if (reference !== undefined && !row) return { done: false, refuse: 'not-found' };
  const before = once && done(parts, account, once);
  if (before) return before;
  const stale = row && seen !== undefined && seen !== row.version ? staleFor(parts, row, seen) : undefined;
  if (stale) return stale;

  const scene: Scene = { chance, actor: account, changed: false, filedSealed: [], answered: new Set(), ...(row && { about: row.id }) };
  const decision = decide(row ? caseDesk(parts, row, names) : emptyDesk(parts, names), chance);
  if ('needs' in decision) throw new Error('an-act-needs-nothing-more');
  if ('refuse' in decision) return { done: false, refuse: decision.refuse, ...(decision.detail && { detail: decision.detail }) };
  apply(parts, scene, decision.changes);
  const outbound = say(parts, scene, decision.say, render);
  const after = parts.caseRows.orThrow(row?.id ?? scene.touchedCase ?? '');
  if (once) keep(parts, account, once, { after, until: chance.now + KEY_KEPT_MS, ...(scene.made !== undefined && { made: scene.made }) });
  return {
    done: true,
    repeat: false,
    reference: after.reference,
    version: after.version,
    ...(scene.made !== undefined && { made: scene.made }),
    outbound,
  };
}

/** Residents act by turns, never here. */
function reachOf(actor: Act['actor']) {
  if (actor.kind === 'officer') return withinScope(actor.scope);
  return actor.kind === 'clock' ? anywhere : nowhere;
}

const staleFor = (parts: Parts, row: CaseRow, seen: number): Refusal => ({
  done: false,
  refuse: 'stale',
  detail: { version: row.version },
  changed: eventsOf(parts, row.id, seen),
});

/** What the same key did already; with another body it is refused. */
function done({ db, now }: Parts, account: string, { route, key, bodyHash }: Once): Acted | undefined {
  const kept = db
    .select()
    .from(idempotency)
    .where(and(eq(idempotency.account, account), eq(idempotency.route, route), eq(idempotency.key, key), gt(idempotency.until, now())))
    .get();
  if (!kept) return undefined;
  if (kept.bodyHash !== bodyHash) return { done: false, refuse: 'key-reused' };
  const { reference, version, made } = kept;
  return { done: true, repeat: true, reference, version, ...(made !== null && { made }), outbound: [] };
}

function keep(
  { db }: Parts,
  account: string,
  { route, key, bodyHash }: Once,
  { after, until, made }: { after: CaseRow; until: number; made?: Id },
): void {
  const kept = { bodyHash, reference: after.reference, version: after.version, made: made ?? null, until };
  db.insert(idempotency)
    .values({ account, route, key, ...kept })
    .onConflictDoUpdate({ target: [idempotency.account, idempotency.route, idempotency.key], set: kept })
    .run();
}
