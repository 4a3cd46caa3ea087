import { timingSafeEqual } from 'node:crypto';
import { and, eq, sql } from 'drizzle-orm';
import { type Instant, lettersTyped } from '../../domain/chance.ts';
import type { Change } from '../../domain/decision.ts';
import { lookupAllowance } from './allowance.ts';
import type { CaseRow } from './case-row.ts';
import { codeDigest } from './codes.ts';
import { macOf } from './master-keys.ts';
import type { Parts } from './parts.ts';
import type { Scene } from './scene.ts';
import { allowances } from './schema/talk.ts';

/** The case of a reference and its code. The same work whether reference, code, both or neither are right, or tries are used up. */
export function lookUp(
  parts: Parts,
  scene: Scene,
  asked: { reference: string; code: string; peer?: string },
): { row?: CaseRow; limited: boolean } {
  const reference = lettersTyped(asked.reference);
  const row = parts.caseRows.byReference(reference);
  const given = codeDigest(parts.master, reference, lettersTyped(asked.code));
  const right = timingSafeEqual(given, row?.codeDigest ?? Buffer.alloc(given.length));
  const used = subjects(parts, scene, asked).map((subject) =>
    triesOf(parts, subject, 'lookup', lookupAllowance.withinMs, scene.chance.now),
  );
  if (used.some((count) => count >= lookupAllowance.most)) return { limited: true };
  return row && right ? { row, limited: false } : { limited: false };
}

/** A wrong try counts against who asked and against the reference asked for. */
export function countWrongLookup(parts: Parts, scene: Scene, asked: Extract<Change, { do: 'wrongLookup' }>): void {
  for (const subject of subjects(parts, scene, asked)) countTry(parts, subject, 'lookup', lookupAllowance.withinMs, scene.chance.now);
}

function subjects(parts: Parts, scene: Scene, { reference, peer }: { reference: string; peer?: string }): Buffer[] {
  const who = peer ?? scene.conversation?.id ?? '';
  return [macOf(parts.master.allowance, 'peer', who), macOf(parts.master.allowance, 'reference', lettersTyped(reference))];
}

type Kind = 'lookup' | 'sign-in';

export function triesOf({ db }: Parts, subject: Buffer, kind: Kind, withinMs: number, now: Instant): number {
  const row = db
    .select()
    .from(allowances)
    .where(and(eq(allowances.subjectDigest, subject), eq(allowances.kind, kind)))
    .get();
  return row && now - row.windowAt < withinMs ? row.count : 0;
}

export function countTry({ db }: Parts, subject: Buffer, kind: Kind, withinMs: number, now: Instant): void {
  const begunBefore = now - withinMs;
  db.insert(allowances)
    .values({ subjectDigest: subject, kind, count: 1, windowAt: now })
    .onConflictDoUpdate({
      target: [allowances.subjectDigest, allowances.kind],
      set: {
        count: sql`case when ${allowances.windowAt} > ${begunBefore} then ${allowances.count} + 1 else 1 end`,
        windowAt: sql`case when ${allowances.windowAt} > ${begunBefore} then ${allowances.windowAt} else ${now} end`,
      },
    })
    .run();
}

export function forgetTries({ db }: Parts, subject: Buffer, kind: Kind): void {
  db.delete(allowances)
    .where(and(eq(allowances.subjectDigest, subject), eq(allowances.kind, kind)))
    .run();
}

/** A try that turned out to be right is as if it had not been counted. */
export function giveBackTry({ db }: Parts, subject: Buffer, kind: Kind): void {
  db.update(allowances)
    .set({ count: sql`max(${allowances.count} - 1, 0)` })
    .where(and(eq(allowances.subjectDigest, subject), eq(allowances.kind, kind)))
    .run();
}
