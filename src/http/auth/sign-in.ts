import { hashed, matches } from '../../desk/password.ts';
import type { Officer } from '../../domain/officer.ts';
import { Refused } from '../../domain/refusal.ts';
import type { Store } from '../../store/store.ts';
import { digestOf, newToken } from './token.ts';

/** A session ends 12 hours after it began, used or not. */
export const SESSION_MS = 12 * 60 * 60 * 1000;

/** A name nobody has is checked against this one, so that it takes as long as a name somebody has. */
const nobodys = hashed('an account that does not exist');

export interface SignedInNow {
  officer: Officer;
  token: string;
}

/** Opens a session; `wrong-sign-in` for a wrong name, a wrong password, a disabled account and a one-time password that ran out alike. */
export async function signIn(
  store: Store,
  now: number,
  who: { username: string; password: string; peer: string },
  weigh: typeof matches = matches,
): Promise<SignedInNow> {
  const username = who.username.trim().toLowerCase();
  if (!(await store.allowSignIn(username, who.peer))) throw new Refused('sign-in-limited');
  const found = await store.findSignIn(username);
  const right = await weigh(found?.passwordHash ?? (await nobodys), who.password);
  if (!found || !right || !isOpen(found.officer, now)) {
    await store.allowSignIn(username, who.peer, false);
    throw new Refused('wrong-sign-in');
  }
  await store.allowSignIn(username, who.peer, true);
  return { officer: found.officer, token: await openSession(store, found.officer, now) };
}

/** A new session's token. */
export async function openSession(store: Store, officer: Officer, now: number): Promise<string> {
  const token = newToken();
  await store.openSession(digestOf(token), officer.id, now + SESSION_MS);
  return token;
}

const isOpen = ({ disabledAt, oneTimeUntil }: Officer, now: number): boolean =>
  disabledAt === undefined && (oneTimeUntil === undefined || oneTimeUntil > now);
