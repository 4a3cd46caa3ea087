import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { Refused } from '../../domain/refusal.ts';
import { signedIn } from '../auth/guard.ts';
import type { Deps } from '../deps.ts';
import { problems } from '../problem/problem.ts';
import { iso, readerOf } from '../shown/reader.ts';
import { emergencyView } from '../views/emergency.ts';
import { listOf } from '../views/list.ts';

const tags = ['emergencies'];

/** What the danger rules raised, for those it is routed to. */
export const emergencyRoutes =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    const { store } = deps;

    app.get(
      '/emergencies',
      {
        schema: {
          tags,
          summary: 'Emergencies in one’s reach; `open=true`: only those nobody has acknowledged',
          querystring: z.object({ open: z.enum(['true', 'false']).default('true') }),
          response: { 200: listOf(emergencyView), ...problems(400, 401, 403, 503) },
        },
      },
      async (request) => {
        const { officer, scope } = signedIn(request);
        const lines = await store.findEmergencies(scope, request.query.open === 'true', officer.id);
        const reader = await readerOf(deps, request);
        return {
          items: lines.map((line) => ({
            id: line.id,
            level: line.level,
            raisedAt: iso(line.raisedAt),
            reference: line.reference ?? null,
            alias: line.alias,
            text: line.text,
            acknowledgedBy: line.acknowledgedBy === undefined ? null : (reader.officer(line.acknowledgedBy)?.publicName ?? ''),
            acknowledgedAt: line.acknowledgedAt === undefined ? null : iso(line.acknowledgedAt),
          })),
        };
      },
    );

    app.put(
      '/emergencies/:id/acknowledgement',
      {
        schema: {
          tags,
          summary: 'I have read it and act on it',
          params: z.object({ id: z.string() }),
          response: { 204: z.null(), ...problems(401, 403, 404, 503) },
        },
      },
      async (request, reply) => {
        const { officer, scope } = signedIn(request);
        if (!(await store.acknowledgeEmergency(scope, officer.id, request.params.id))) throw new Refused('not-found');
        return reply.code(204).send(null);
      },
    );
  };
