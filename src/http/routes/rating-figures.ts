import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { unitsBelow } from '../../domain/catalogue.ts';
import { signedIn } from '../auth/guard.ts';
import { inRole } from '../auth/role.ts';
import type { Deps } from '../deps.ts';
import { problems } from '../problem/problem.ts';
import { figuresCsv, sendCsv } from '../shown/figures-csv.ts';
import { readerOf } from '../shown/reader.ts';
import { repliedShown } from '../shown/reply.ts';
import { type FigureView, figureShown, figureView, ownFigureView } from '../views/figures.ts';

/** What ratings tell those they are about. */
export const ratingFigureRoutes =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    const inReach = async (request: FastifyRequest): Promise<FigureView[]> => {
      inRole(request, 'lead', 'inspector');
      const reader = await readerOf(deps, request);
      const { stations } = signedIn(request).scope;
      const units = new Set(stations.flatMap((station) => unitsBelow(reader.catalogue, station).map(({ id }) => id)));
      const cells = await deps.store.ratingFigures();
      return cells.filter(({ unit }) => units.has(unit)).map((cell) => figureShown(cell, reader));
    };

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
        return { items: await inReach(request) };
      },
    );

    app.get(
      '/ratings/figures.csv',
      {
        schema: {
          tags: ['ratings'],
          summary: 'The same as a table (RFC 4180)',
          response: { 200: z.string(), ...problems(401, 403, 503) },
        },
      },
      async (request, reply) => sendCsv(reply, figuresCsv(await inReach(request))),
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
        const replies = new Map((await deps.store.repliesOf(id)).map((reply) => [reply.from, reply]));
        const batches = await deps.store.ownFigures(id);
        return { items: batches.map((batch) => ({ ...batch, reply: repliedShown(replies.get(batch.from)) })) };
      },
    );
  };
