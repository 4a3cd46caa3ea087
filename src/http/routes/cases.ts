import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { mayDo } from '../../domain/policy.ts';
import { Refused } from '../../domain/refusal.ts';
import { byOf, done, referenceIn } from '../auth/act.ts';
import { signedIn } from '../auth/guard.ts';
import type { Deps } from '../deps.ts';
import { problems } from '../problem/problem.ts';
import { caseShown, lineShown } from '../shown/case.ts';
import { queryFor } from '../shown/query.ts';
import { readerOf } from '../shown/reader.ts';
import { byReference, caseList, caseMade, caseQuery, caseView, contactView, newCase } from '../views/case.ts';
import { onceHeader } from '../views/write.ts';

const tags = ['cases'];

/** The queue, one case, its contact details, and opening one on a resident's behalf. */
export const caseRoutes =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    const { store, casework } = deps;

    app.get(
      '/cases',
      {
        schema: {
          tags,
          summary: 'The queue, filters and search',
          querystring: caseQuery,
          response: { 200: caseList, ...problems(400, 401, 403, 503) },
        },
      },
      async (request) => {
        const { officer, scope } = signedIn(request);
        const reader = await readerOf(deps, request);
        const { items, next, total, totalIsFloor } = await store.findCases(
          scope,
          officer.id,
          queryFor(request.query, { by: officer, reader, now: deps.now() }),
        );
        return {
          items: items.map((line) => lineShown(line, reader)),
          ...(next !== undefined && { nextCursor: next }),
          total,
          totalIsFloor,
        };
      },
    );

    app.post(
      '/cases',
      {
        schema: {
          tags,
          summary: 'Open a case on a resident’s behalf',
          headers: onceHeader,
          body: newCase,
          response: { 201: caseMade, ...problems(400, 401, 403, 409, 413, 415, 422, 503) },
        },
      },
      async (request, reply) => {
        const opened = await casework.open(byOf(request), request.body);
        const { reference, version } = await done(deps, request, Promise.resolve(opened));
        reply.code(201);
        return { reference, version, ...(opened.code !== undefined && { code: opened.code }) };
      },
    );

    app.get(
      '/cases/:reference',
      { schema: { tags, summary: 'One case', params: byReference, response: { 200: caseView, ...problems(401, 403, 404, 503) } } },
      async (request, reply) => {
        const { officer, scope } = signedIn(request);
        const found = await store.readCase(scope, officer.id, referenceIn(request));
        if (!found) throw new Refused('not-found');
        reply.header('etag', `"${found.file.version}"`);
        return caseShown(found, officer, await readerOf(deps, request), deps.now());
      },
    );

    app.get(
      '/cases/:reference/contact',
      {
        schema: {
          tags,
          summary: 'The resident’s contact details: each look leaves an audit entry',
          params: byReference,
          response: { 200: contactView, ...problems(401, 403, 404, 503) },
        },
      },
      async (request) => {
        const { officer, scope } = signedIn(request);
        const reference = referenceIn(request);
        const found = await store.readCase(scope, officer.id, reference);
        if (!found) throw new Refused('not-found');
        const allowed = mayDo('open-contact', officer, found.file, store.catalogue());
        if (!allowed.may) throw new Refused(allowed.why, allowed.why === 'not-your-step' ? { who: allowed.who } : {});
        const contact = await store.readContact(scope, officer.id, reference);
        return { name: contact?.name ?? null, phone: contact?.phone ?? null, reach: contact?.reach ?? null };
      },
    );
  };
