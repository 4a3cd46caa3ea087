import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { unitsBelow } from '../../domain/catalogue.ts';
import { signedIn } from '../auth/guard.ts';
import { inRole } from '../auth/role.ts';
import type { Deps } from '../deps.ts';
import { problems } from '../problem/problem.ts';
import { readerOf, topicShown, unitShown } from '../shown/reader.ts';
import { figureShown, figureView, ownFigureView } from '../views/figures.ts';
import { listOf, page } from '../views/list.ts';
import { ratingView } from '../views/rating.ts';

/** Ratings as residents gave them, for inspection alone; and what they tell, for those it is about. */
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

    app.get(
      '/ratings/figures',
      {
        schema: {
          tags: ['ratings'],
          summary: 'What ratings of closed months tell, unit by unit: a lead’s station, all for inspection',
          response: { 200: z.object({ items: z.array(figureView) }), ...problems(401, 403, 503) },
        },
      },
      async (request) => {
        inRole(request, 'lead', 'inspector');
        const reader = await readerOf(deps, request);
        const inReach = new Set(
          signedIn(request).scope.stations.flatMap((station) => unitsBelow(reader.catalogue, station).map(({ id }) => id)),
        );
        const cells = await deps.store.ratingFigures();
        return { items: cells.filter(({ unit }) => inReach.has(unit)).map((cell) => figureShown(cell, reader)) };
      },
    );

    app.get(
      '/ratings/own',
      {
        schema: {
          tags: ['ratings'],
          summary: 'What ratings tell you of yourself, in batches of at least ten',
          response: { 200: z.object({ items: z.array(ownFigureView) }), ...problems(401, 403, 503) },
        },
      },
      async (request) => {
        const { id } = inRole(request, 'officer', 'lead');
        return { items: [...(await deps.store.ownFigures(id))] };
      },
    );
  };
