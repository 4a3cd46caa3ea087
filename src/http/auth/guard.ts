import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Officer } from '../../domain/officer.ts';
import { scopeOf } from '../../domain/policy.ts';
import { Refused } from '../../domain/refusal.ts';
import type { CaseScope } from '../../domain/scope.ts';
import type { Deps } from '../deps.ts';
import type { SessionCookie } from './cookie.ts';
import { fromOwnPage } from './origin.ts';
import { csrfOf, digestOf, sameText } from './token.ts';

/** Who asks, and what they may see, as it stands at this request. */
export interface SignedIn {
  officer: Officer;
  scope: CaseScope;
  onDuty: boolean;
  expiresAt: number;
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
  app.addHook('onRequest', async (request) => {
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
  if (token === undefined || token === '') throw new Refused('signed-out');
  const digest = digestOf(token);
  const session = await deps.store.findSession(digest);
  if (!session || session.expiresAt <= deps.now() || session.officer.disabledAt !== undefined) throw new Refused('signed-out');
  const { officer, onDuty, expiresAt } = session;
  return { officer, onDuty, expiresAt, digest, csrf: csrfOf(token), scope: scopeOf(officer, deps.store.catalogue()) };
}

/** The one who asks; only behind the guard. */
export function signedIn(request: FastifyRequest): SignedIn {
  if (!request.signedIn) throw new Refused('signed-out');
  return request.signedIn;
}
