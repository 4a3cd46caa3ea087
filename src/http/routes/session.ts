import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { weakness } from '../../desk/accounts/weakness.ts';
import { hashed, matches } from '../../desk/password.ts';
import { Refused } from '../../domain/refusal.ts';
import type { SessionCookie } from '../auth/cookie.ts';
import { type SignedIn, signedIn, whoIs } from '../auth/guard.ts';
import { peerOf } from '../auth/peer.ts';
import { openSession, SESSION_MS, signIn } from '../auth/sign-in.ts';
import type { Deps } from '../deps.ts';
import { problems } from '../problem/problem.ts';
import { inspectorChanges } from '../shown/inspector-changes.ts';
import { officerShown } from '../shown/officer.ts';
import { type Reader, readerOf } from '../shown/reader.ts';
import type { Streams } from '../stream/streams.ts';
import { duty, newPassword, type SessionView, sessionView, signIn as signInBody } from '../views/officer.ts';

const tags = ['session'];

/** Signing in and out, one's own password, and being on duty. */
export const sessionRoutes =
  (deps: Deps, cookie: SessionCookie, streams: Streams): FastifyPluginAsyncZod =>
  async (app) => {
    const { store, now } = deps;
    const cookieOptions = { ...cookie.options, maxAge: SESSION_MS / 1000 };

    app.post(
      '/session',
      {
        config: { opensTo: 'nobody' },
        schema: {
          tags,
          summary: 'Sign in',
          body: signInBody,
          response: { 200: sessionView, ...problems(400, 401, 403, 413, 415, 429, 503) },
        },
      },
      async (request, reply) => {
        const { token } = await signIn(store, now(), { ...request.body, peer: peerOf(request.ip) });
        const session = await whoIs(deps, token);
        reply.setCookie(cookie.name, token, cookieOptions);
        return sessionShown(deps, session, await readerOf(deps, request));
      },
    );

    app.get(
      '/session',
      {
        config: { opensTo: 'new-password' },
        schema: { tags, summary: 'Who is signed in', response: { 200: sessionView, ...problems(401, 503) } },
      },
      async (request) => sessionShown(deps, signedIn(request), await readerOf(deps, request)),
    );

    app.delete(
      '/session',
      {
        config: { opensTo: 'new-password' },
        schema: { tags, summary: 'Sign out', response: { 204: z.null(), ...problems(401, 403, 503) } },
      },
      async (request, reply) => {
        const { digest } = signedIn(request);
        await store.endSession(digest);
        streams.checkSessions();
        return reply.clearCookie(cookie.name, cookie.options).code(204).send(null);
      },
    );

    app.put(
      '/session/password',
      {
        config: { opensTo: 'new-password' },
        schema: {
          tags,
          summary: 'Change one’s own password',
          body: newPassword,
          response: { 200: sessionView, ...problems(400, 401, 403, 429, 503) },
        },
      },
      async (request, reply) => {
        const { officer } = signedIn(request);
        const { current, next } = request.body;
        // The limit holds here too: else a page left open would be a place to try passwords without end.
        if (!(await store.allowSignIn(officer.username, peerOf(request.ip)))) throw new Refused('sign-in-limited');
        const account = await store.findSignIn(officer.username);
        if (!account || !(await matches(account.passwordHash, current))) {
          await store.allowSignIn(officer.username, peerOf(request.ip), false);
          throw new Refused('wrong-sign-in');
        }
        await store.allowSignIn(officer.username, peerOf(request.ip), true);
        const weak = next === current ? 'common' : weakness(next, officer.username);
        if (weak) throw new Refused('weak-password', { weak });
        const { id, username, role, unit, publicName, badge } = account.officer;
        const saved = await store.saveOfficer(id, {
          id,
          username,
          role,
          unit,
          publicName,
          ...(badge !== undefined && { badge }),
          passwordHash: await hashed(next),
          oneTimeUntil: null,
        });
        const token = await openSession(store, saved, now());
        streams.checkSessions();
        reply.setCookie(cookie.name, token, cookieOptions);
        return sessionShown(deps, await whoIs(deps, token), await readerOf(deps, request));
      },
    );

    app.put(
      '/session/duty',
      { schema: { tags, summary: 'Be at the desk, or not', body: duty, response: { 200: duty, ...problems(400, 401, 403, 503) } } },
      async (request) => {
        const { digest } = signedIn(request);
        await streams.duty(digest, request.body.onDuty);
        return request.body;
      },
    );
  };

async function sessionShown(deps: Deps, session: SignedIn, reader: Reader): Promise<SessionView> {
  return {
    officer: officerShown(session.officer, reader),
    onDuty: session.onDuty,
    csrf: session.csrf,
    inspectorChanges: await inspectorChanges(deps.store, session.officer, reader),
  };
}
