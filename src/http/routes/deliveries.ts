import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { DeliveryLine } from '../../store/store.ts';
import { signedIn } from '../auth/guard.ts';
import type { Deps } from '../deps.ts';
import { problems } from '../problem/problem.ts';
import { iso } from '../shown/reader.ts';
import { type DeliveryLineView, deliveryLineView } from '../views/delivery.ts';
import { listOf, page } from '../views/list.ts';

/** What has not reached its resident, for those who see the case. */
export const deliveryRoutes =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      '/deliveries',
      {
        schema: {
          tags: ['deliveries'],
          summary: 'What has not reached its resident: waiting, held, blocked, failed, or pending for more than five minutes; newest first',
          querystring: z.object(page),
          response: { 200: listOf(deliveryLineView), ...problems(400, 401, 403, 503) },
        },
      },
      async (request) => {
        const { officer, scope } = signedIn(request);
        const { cursor, limit } = request.query;
        const { items, next } = await deps.store.findDeliveries(scope, officer.id, cursor, limit);
        return { items: items.flatMap(lineShown), ...(next !== undefined && { nextCursor: next }) };
      },
    );
  };

function lineShown({ delivery, channel, ...line }: DeliveryLine): DeliveryLineView[] {
  const { state, at, reason, possiblyRepeated } = delivery;
  if (state === 'sent') return [];
  return [{ ...line, channel: channel ?? null, state, at: iso(at), reason: reason ?? null, possiblyRepeated }];
}
