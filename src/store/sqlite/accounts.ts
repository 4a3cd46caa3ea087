import { eq, lt } from 'drizzle-orm';
import { stationOf } from '../../domain/catalogue.ts';
import { type Id, type Instant, idFrom } from '../../domain/chance.ts';
import type { Officer } from '../../domain/officer.ts';
import { Refused } from '../../domain/refusal.ts';
import type { OfficerChange, SavedOfficer, Session } from '../store.ts';
import { signInAllowance } from './allowance.ts';
import { DESK_CHAIN } from './audit.ts';
import { officerOf } from './configured.ts';
import { countTry, forgetTries, giveBackTry, triesOf } from './lookups.ts';
import { macOf } from './master-keys.ts';
import { keepOnce, madeOnce, type Once } from './once.ts';
import type { Parts } from './parts.ts';
import { officers, sessions } from './schema/accounts.ts';

/** Nobody can sign in with it: an account that was made without a password. */
const NO_PASSWORD = '';

/** Creates or changes an account, within a write; what it is signed in with ends where it is no longer the same. */
export function saveOfficer(parts: Parts, by: Id | 'command-line', change: OfficerChange, once?: Once): SavedOfficer {
  const made = once && madeOnce(parts, by, once);
  if (made === 'key-reused') throw new Refused(made);
  const saved = made && parts.officers().get(made.made ?? '');
  if (saved) return { ...saved, repeat: true };
  const officer = save(parts, by, change);
  if (once) keepOnce(parts, by, once, { reference: officer.username, version: officer.version, made: officer.id });
  return officer;
}

function save(parts: Parts, by: Id | 'command-line', change: OfficerChange): Officer {
  const { db } = parts;
  const chance = parts.chance();
  const before = change.id === undefined ? undefined : db.select().from(officers).where(eq(officers.id, change.id)).get();
  if (change.id !== undefined && !before) throw new Refused('not-found');
  if (before && change.seen !== undefined && change.seen !== before.version) throw new Refused('stale', { version: before.version });
  const namesake = db.select().from(officers).where(eq(officers.username, change.username)).get();
  if (namesake && namesake.id !== before?.id) throw new Refused('username-taken');
  const after: typeof officers.$inferSelect = {
    id: before?.id ?? idFrom(chance, 'officer'),
    username: change.username,
    role: change.role,
    unit: change.unit,
    publicName: change.publicName,
    badge: change.badge ?? null,
    password: change.passwordHash ?? before?.password ?? NO_PASSWORD,
    oneTimeUntil: change.oneTimeUntil === undefined ? (before?.oneTimeUntil ?? null) : change.oneTimeUntil,
    disabledAt: change.disabled === undefined ? (before?.disabledAt ?? null) : change.disabled ? (before?.disabledAt ?? chance.now) : null,
    version: (before?.version ?? 0) + 1,
  };
  db.insert(officers).values(after).onConflictDoUpdate({ target: officers.id, set: after }).run();
  if (before && endsSessions(before, after)) db.delete(sessions).where(eq(sessions.officer, after.id)).run();
  const { password: _before, ...kept } = after;
  parts.audit({
    chain: DESK_CHAIN,
    actor: by,
    verb: verbOf(before, after, change),
    subject: after.username,
    version: after.version,
    reasonCode: after.role,
    change: kept,
  });
  parts.configured();
  return officerOf(after);
}

type Row = typeof officers.$inferSelect;

const endsSessions = (before: Row, after: Row): boolean =>
  before.password !== after.password || before.role !== after.role || before.unit !== after.unit || after.disabledAt !== null;

/** `inspector-…` where the account is or was an inspector's, for those acts are shown to every inspector. */
function verbOf(before: Row | undefined, after: Row, change: OfficerChange): string {
  const of = before?.role === 'inspector' || after.role === 'inspector' ? 'inspector' : 'account';
  if (!before) return `${of}-added`;
  if (before.disabledAt === null && after.disabledAt !== null) return `${of}-disabled`;
  if (before.disabledAt !== null && after.disabledAt === null) return `${of}-enabled`;
  if (before.unit !== after.unit || before.role !== after.role) return `${of}-moved`;
  return change.passwordHash === undefined ? `${of}-changed` : `${of}-password-changed`;
}

export function findSignIn({ db }: Parts, username: string): { officer: Officer; passwordHash: string } | undefined {
  const row = db.select().from(officers).where(eq(officers.username, username)).get();
  return row && { officer: officerOf(row), passwordHash: row.password };
}

/** Counts a try before it is judged; afterwards it is told how it went. Within a write. */
export function allowSignIn(parts: Parts, username: string, peer: string, succeeded: boolean | undefined): boolean {
  const { account: mostOfAccount, peer: mostOfPeer, withinMs } = signInAllowance;
  const now = parts.now();
  const account = macOf(parts.master.allowance, 'sign-in', username);
  const from = macOf(parts.master.allowance, 'sign-in-peer', peer);
  if (succeeded === true) {
    forgetTries(parts, account, 'sign-in');
    // A station's officers share an address and come to work at the same time: only tries that failed count against it.
    giveBackTry(parts, from, 'sign-in');
    return true;
  }
  const may =
    triesOf(parts, account, 'sign-in', withinMs, now) < mostOfAccount && triesOf(parts, from, 'sign-in', withinMs, now) < mostOfPeer;
  if (succeeded === false) {
    auditFailure(parts, username);
    return may;
  }
  if (!may) return false;
  countTry(parts, account, 'sign-in', withinMs, now);
  countTry(parts, from, 'sign-in', withinMs, now);
  return true;
}

/** What was typed may be a password in the wrong field: only a known username is written down. */
function auditFailure(parts: Parts, username: string): void {
  const known = [...parts.officers().values()].find((officer) => officer.username === username);
  parts.audit({
    chain: chainOf(parts, known),
    actor: known?.id ?? 'unknown',
    verb: 'sign-in-failed',
    subject: known?.username ?? 'unknown',
  });
}

export function openSession(parts: Parts, tokenDigest: string, officer: Id, expiresAt: Instant): void {
  const { db } = parts;
  const known = parts.officers().get(officer);
  if (!known) throw new Refused('not-found');
  db.delete(sessions).where(lt(sessions.expiresAt, parts.now())).run();
  db.insert(sessions).values({ tokenDigest, officer, expiresAt, onDuty: 0, presentUntil: 0 }).run();
  parts.audit({ chain: chainOf(parts, known), actor: officer, verb: 'signed-in', subject: known.username });
}

/** Undefined once it has ended, has expired, or its account was disabled. */
export function findSession(parts: Parts, tokenDigest: string): Session | undefined {
  // Asked with every request.
  const row = parts
    .statement<[string, Instant], { officer: Id; expires_at: Instant; on_duty: number }>(
      'select officer, expires_at, on_duty from sessions where token_digest = ? and expires_at > ?',
    )
    .get(tokenDigest, parts.now());
  const officer = row && parts.officers().get(row.officer);
  if (!row || !officer || officer.disabledAt !== undefined) return undefined;
  return { officer, expiresAt: row.expires_at, onDuty: row.on_duty === 1 };
}

export function endSession({ db }: Parts, tokenDigest: string): void {
  db.delete(sessions).where(eq(sessions.tokenDigest, tokenDigest)).run();
}

export function markDuty({ db }: Parts, tokenDigest: string, onDuty: boolean, presentUntil: Instant): void {
  db.update(sessions)
    .set({ onDuty: onDuty ? 1 : 0, presentUntil })
    .where(eq(sessions.tokenDigest, tokenDigest))
    .run();
}

/** Sign-ins stand in the chain of the station they are to; all others in the desk's. */
function chainOf(parts: Parts, officer: Officer | undefined): Id {
  return (officer && stationOf(parts.catalogue(), officer.unit)?.id) ?? DESK_CHAIN;
}
