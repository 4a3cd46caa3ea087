import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { signedIn } from '../auth/guard.ts';
import { inRole } from '../auth/role.ts';
import type { Deps } from '../deps.ts';
import { problems } from '../problem/problem.ts';
import { readerOf } from '../shown/reader.ts';
import { replyShown } from '../shown/reply.ts';
import { decision, reply, replyView } from '../views/figures.ts';
import { listOf, page } from '../views/list.ts';

const tags = ['ratings'];
const refusals = problems(400, 401, 403, 404, 409, 413, 415, 422, 503);

/** What officers say to ratings of theirs, and what inspection decides of it: of a batch, never of one rating. */
export const ratingReplyRoutes =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    app.put(
      '/ratings/own/:from/reply',
      {
        schema: {
          tags,
          summary: 'Say something to a batch of your own ratings, and ask inspection not to count some of them',
          params: z.object({ from: z.string() }),
          body: reply,
          response: { 204: z.null(), ...refusals },
        },
      },
      async (request, answer) => {
        const { id } = inRole(request, 'officer', 'lead');
        const { text, appeal } = request.body;
        await deps.store.replyToRatings(id, request.params.from, { text, ...(appeal && { appeal }) });
        return answer.code(204).send(null);
      },
    );

    app.get(
      '/ratings/replies',
      {
        schema: {
          tags,
          summary: 'What officers say to their ratings: appeals to decide first',
          querystring: z.object(page),
          response: { 200: listOf(replyView), ...problems(400, 401, 403, 503) },
        },
      },
      async (request) => {
        inRole(request, 'inspector');
        const { cursor, limit } = request.query;
        const { items, next } = await deps.store.findReplies(signedIn(request).scope, cursor, limit);
        const reader = await readerOf(deps, request);
        return { items: items.map((one) => replyShown(one, reader)), ...(next !== undefined && { nextCursor: next }) };
      },
    );

    app.put(
      '/ratings/replies/:id/decision',
      {
        schema: {
          tags,
          summary: 'Decide an appeal, once: ratings are left out one by one, by their own reasons',
          params: z.object({ id: z.string() }),
          body: decision,
          response: { 204: z.null(), ...refusals },
        },
      },
      async (request, answer) => {
        const { id } = inRole(request, 'inspector');
        await deps.store.decideAppeal(signedIn(request).scope, id, request.params.id, request.body);
        return answer.code(204).send(null);
      },
    );
  };
