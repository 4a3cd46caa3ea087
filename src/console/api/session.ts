import { useQuery } from '@tanstack/react-query';
import type { SessionView } from '../../http/views/officer.ts';
import { call, keepCsrf } from './call.ts';
import { client, sessionKey } from './client.ts';
import { failureOf } from './problem.ts';

async function currentSession(): Promise<SessionView | null> {
  try {
    const session = await call<SessionView>('/session');
    keepCsrf(session.csrf);
    return session;
  } catch (error) {
    if (failureOf(error)?.code === 'signed-out') return null;
    throw error;
  }
}

/** Who is signed in; null: nobody. */
export const useSession = () => useQuery({ queryKey: sessionKey, queryFn: currentSession, staleTime: 60_000 });

/** The session of a page that only shows to somebody signed in. */
export function useOfficer(): SessionView {
  const { data } = useSession();
  if (!data) throw new Error('shown to nobody');
  return data;
}

/** Signs in; the session is then read anew, with the token every write sends back. */
export async function signIn(username: string, password: string): Promise<void> {
  await call('/session', { method: 'POST', body: { username, password } });
  await client.fetchQuery({ queryKey: sessionKey, queryFn: currentSession, staleTime: 0 });
}

/** Ends the session and forgets everything that was read under it, drafts too. */
export async function signOut(): Promise<void> {
  await call('/session', { method: 'DELETE' });
  sessionStorage.clear();
  client.setQueryData(sessionKey, null);
  client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== sessionKey[0] });
}

export async function changePassword(current: string, next: string): Promise<void> {
  await call('/session/password', { method: 'PUT', body: { current, next } });
  await client.fetchQuery({ queryKey: sessionKey, queryFn: currentSession, staleTime: 0 });
}

/** Says whether the officer is at the desk: emergencies look for those who are. */
export async function setDuty(onDuty: boolean): Promise<void> {
  await call('/session/duty', { method: 'PUT', body: { onDuty } });
  client.setQueryData<SessionView | null>(sessionKey, (session) => session && { ...session, onDuty });
}
