import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { signedIn } from '../auth/guard.ts';
import type { Deps } from '../deps.ts';
import { problems } from '../problem/problem.ts';
import { iso, readerOf, unitShown } from '../shown/reader.ts';
import { contactLine } from '../views/case.ts';
import { listOf, page } from '../views/list.ts';

/** Visits and calls that officers wrote down, for those who see the case. */
export const contactRoutes =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      '/contacts',
      {
        schema: {
          tags: ['contacts'],
          summary: 'Visits and calls that were written down, newest first; those of sealed cases stand in the case alone',
          querystring: z.object(page),
          response: { 200: listOf(contactLine), ...problems(400, 401, 403, 503) },
        },
      },
      async (request) => {
        const { cursor, limit } = request.query;
        const { items, next } = await deps.store.findContacts(signedIn(request).scope, cursor, limit);
        const reader = await readerOf(deps, request);
        const byOf = (id: string) => {
          const officer = reader.officer(id);
          return officer ? { username: officer.username, publicName: officer.publicName } : null;
        };
        return {
          items: items.map(({ at, officer, unit, ...line }) => ({
            ...line,
            at: iso(at),
            by: byOf(officer),
            unit: unitShown(unit, reader),
          })),
          ...(next !== undefined && { nextCursor: next }),
        };
      },
    );
  };
