import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { signedIn } from '../auth/guard.ts';
import { inRole } from '../auth/role.ts';
import type { Deps } from '../deps.ts';
import { problems } from '../problem/problem.ts';
import { readerOf, topicShown, unitShown } from '../shown/reader.ts';
import { listOf, page } from '../views/list.ts';
import { ratingView } from '../views/rating.ts';

/** Ratings as residents gave them; for inspection alone. */
export const ratingRoutes =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      '/ratings',
      {
        schema: {
          tags: ['ratings'],
          summary: 'Ratings, newest first',
          querystring: z.object(page),
          response: { 200: listOf(ratingView), ...problems(400, 401, 403, 503) },
        },
      },
      async (request) => {
        inRole(request, 'inspector');
        const { cursor, limit } = request.query;
        const { items, next } = await deps.store.findRatings(signedIn(request).scope, cursor, limit);
        const reader = await readerOf(deps, request);
        return {
          items: items.map(({ id, level, reasons, comment, unit, topic, month }) => ({
            id,
            level,
            reasons: [...reasons],
            comment: comment ?? null,
            unit: unitShown(unit, reader),
            topic: topicShown(topic, reader),
            month,
          })),
          ...(next !== undefined && { nextCursor: next }),
        };
      },
    );
  };
