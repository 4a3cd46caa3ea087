import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { exclusions } from '../../domain/exclusion.ts';
import { Refused } from '../../domain/refusal.ts';
import { signedIn } from '../auth/guard.ts';
import { inRole } from '../auth/role.ts';
import type { Deps } from '../deps.ts';
import { problems } from '../problem/problem.ts';
import { readerOf, topicShown, unitShown } from '../shown/reader.ts';
import { listOf, page } from '../views/list.ts';
import { excludedView, ratingView } from '../views/rating.ts';

/** Ratings as residents gave them, for inspection alone; which of them are left out of the figures, and why, is told to all. */
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
          items: items.map(({ id, level, reasons, comment, unit, topic, source, month, burst, excluded }) => ({
            id,
            level,
            reasons: [...reasons],
            comment: comment ?? null,
            unit: unitShown(unit, reader),
            topic: topicShown(topic, reader),
            source,
            month,
            burst,
            excluded: excluded ?? null,
          })),
          ...(next !== undefined && { nextCursor: next }),
        };
      },
    );

    const params = z.object({ id: z.string() });
    app.put(
      '/ratings/:id/exclusion',
      {
        schema: {
          tags: ['ratings'],
          summary: 'Leave a rating out of every figure; that one was, and why, is told in public',
          params,
          body: z.strictObject({ category: z.enum(exclusions) }),
          response: { 204: z.null(), ...problems(400, 401, 403, 404, 503) },
        },
      },
      async (request, reply) => {
        const { id: by } = inRole(request, 'inspector');
        const { params, body } = request;
        if (!(await deps.store.excludeRating(signedIn(request).scope, by, params.id, body.category))) throw new Refused('not-found');
        return reply.code(204).send(null);
      },
    );

    app.delete(
      '/ratings/:id/exclusion',
      {
        schema: {
          tags: ['ratings'],
          summary: 'Count a rating again',
          params,
          response: { 204: z.null(), ...problems(401, 403, 404, 503) },
        },
      },
      async (request, reply) => {
        const { id: by } = inRole(request, 'inspector');
        if (!(await deps.store.excludeRating(signedIn(request).scope, by, request.params.id, null))) throw new Refused('not-found');
        return reply.code(204).send(null);
      },
    );

    app.get(
      '/ratings/excluded',
      {
        schema: {
          tags: ['ratings'],
          summary: 'How many ratings are left out of the figures, and why: as on the public page',
          response: { 200: z.object({ items: z.array(excludedView) }), ...problems(401, 503) },
        },
      },
      async (request) => {
        signedIn(request);
        const reader = await readerOf(deps, request);
        const counts = await deps.store.excludedRatings();
        return { items: counts.map((count) => ({ ...count, unit: unitShown(count.unit, reader) })) };
      },
    );
  };
