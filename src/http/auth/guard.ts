import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Officer } from '../../domain/officer.ts';
import { scopeOf } from '../../domain/policy.ts';
import { Refused } from '../../domain/refusal.ts';
import type { CaseScope } from '../../domain/scope.ts';
import type { Deps } from '../deps.ts';
import type { SessionCookie } from './cookie.ts';
import { fromOwnPage } from './origin.ts';
import { csrfOf, digestOf, sameText } from './token.ts';

/** An account with an open session, and what it may see, as it stands at this moment. */
export interface Known {
  officer: Officer;
  scope: CaseScope;
  onDuty: boolean;
  expiresAt: number;
}

/** Who asks. */
export interface SignedIn extends Known {
  digest: string;
  csrf: string;
}

declare module 'fastify' {
  interface FastifyRequest {
    signedIn: SignedIn | null;
  }
  interface FastifyContextConfig {
    /** `nobody`: answers without a session. `new-password`: also while a one-time password waits to be changed. */
    opensTo?: 'nobody' | 'new-password';
  }
}

const READS = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Ahead of everything else, bodies too: 401, then whether the write came from our own page, then the one-time password. */
export function guard(app: FastifyInstance, deps: Deps, cookie: SessionCookie): void {
  app.decorateRequest('signedIn', null);
  app.addHook('onRequest', async (request, reply) => {
    reply.header('cache-control', 'no-store').header('vary', 'Accept-Language');
    const opensTo = request.routeOptions.config.opensTo;
    const writes = !READS.has(request.method);
    if (opensTo !== 'nobody') request.signedIn = await whoIs(deps, request.cookies[cookie.name]);
    if (writes && !fromOwnPage(request, deps.config.publicUrl)) throw new Refused('csrf');
    if (opensTo === 'nobody') return;
    const { officer, csrf } = signedIn(request);
    if (writes && !sameText(String(request.headers['x-csrf-token'] ?? ''), csrf)) throw new Refused('csrf');
    if (officer.oneTimeUntil !== undefined && opensTo !== 'new-password') throw new Refused('must-change-password');
  });
}

/** The session behind a cookie; throws `signed-out` where there is none (any more). */
export async function whoIs(deps: Deps, token: string | undefined): Promise<SignedIn> {
  const digest = digestOf(token ?? '');
  const known = token ? await knownBy(deps, digest) : undefined;
  if (!token || !known) throw new Refused('signed-out');
  return { ...known, digest, csrf: csrfOf(token) };
}

/** The session with this digest, while it is open. */
export async function knownBy({ store, now }: Deps, digest: string): Promise<Known | undefined> {
  const session = await store.findSession(digest);
  if (!session || session.expiresAt <= now() || session.officer.disabledAt !== undefined) return undefined;
  const { officer, onDuty, expiresAt } = session;
  return { officer, onDuty, expiresAt, scope: scopeOf(officer, store.catalogue()) };
}

/** The one who asks; only behind the guard. */
export function signedIn(request: FastifyRequest): SignedIn {
  if (!request.signedIn) throw new Refused('signed-out');
  return request.signedIn;
}
