import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { stationOf } from '../../domain/catalogue.ts';
import { Refused } from '../../domain/refusal.ts';
import { signedIn } from '../auth/guard.ts';
import { inRole } from '../auth/role.ts';
import type { Deps } from '../deps.ts';
import { problems } from '../problem/problem.ts';
import { auditShown } from '../shown/audit.ts';
import { readerOf } from '../shown/reader.ts';
import { auditView } from '../views/audit.ts';
import { listOf, page } from '../views/list.ts';

/** What was done, by whom: all in reach for inspection, one's own station for leads, accounts and catalogue for administrators. */
export const auditRoutes =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    const { store } = deps;

    app.get(
      '/audit',
      {
        schema: {
          tags: ['audit'],
          summary: 'Audit entries, newest first',
          querystring: z.object(page),
          response: { 200: listOf(auditView), ...problems(400, 401, 403, 503) },
        },
      },
      async (request) => {
        const { role, unit } = inRole(request, 'inspector', 'lead', 'administrator');
        const { cursor, limit } = request.query;
        const reader = await readerOf(deps, request);
        const station = stationOf(reader.catalogue, unit);
        if (role === 'lead' && !station) throw new Refused('not-your-role');
        // An inspector too may be named in a complaint: entries about it are as far out of reach as the case.
        const { items, next } = await store.audit(
          role === 'lead' && station ? [station.id] : 'all',
          role === 'administrator' ? 'accounts' : 'all',
          cursor,
          limit,
          signedIn(request).scope,
        );
        return {
          items: items.map((entry) => auditShown(entry, reader)),
          ...(next !== undefined && { nextCursor: next }),
        };
      },
    );
  };
