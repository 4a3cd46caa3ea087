import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { coveredUntil } from '../domain/calendar.ts';
import type { StoreHealth } from '../store/store.ts';
import type { Deps } from './deps.ts';

const live = z.object({ status: z.literal('live') });
const ready = z.object({
  status: z.enum(['ready', 'degraded', 'unavailable']),
  database: z.object({ writable: z.boolean(), freeBytes: z.number() }),
  outbox: z.object({ ageSeconds: z.number(), pending: z.record(z.string(), z.number()), deadLetters: z.number() }),
  channels: z.array(z.string()),
  /** Nobody could read a sealed complaint where this is false. */
  inspectorPresent: z.boolean(),
  /** The last date whose holidays are announced. */
  calendarCoveredUntil: z.string(),
  /** What makes it degraded. */
  wrong: z.array(z.enum(['database', 'outbox', 'dead-letters', 'inspector', 'calendar'])),
});

/** Older than this, the oldest message that should have gone says that something stands still. */
const OUTBOX_LATE_MS = 5 * 60 * 1000;
/** Due dates reach this far ahead. */
const CALENDAR_AHEAD_MS = 30 * 24 * 60 * 60 * 1000;

/** Whether the process runs, and whether it can do its work. */
export const healthRoutes =
  ({ store, channels, now }: Deps, measure: () => Promise<StoreHealth>): FastifyPluginAsyncZod =>
  async (app) => {
    app.get('/health/live', { schema: { hide: true, response: { 200: live } } }, async () => ({ status: 'live' as const }));

    app.get('/health/ready', { schema: { hide: true, response: { 200: ready, 503: ready } } }, async (_request, reply) => {
      const health = await measure();
      const { inspectorExists } = store.catalogue();
      const wrong: z.infer<typeof ready>['wrong'] = [];
      if (!health.writable) wrong.push('database');
      if (health.outboxAge > OUTBOX_LATE_MS) wrong.push('outbox');
      if (health.deadLetters > 0) wrong.push('dead-letters');
      if (!inspectorExists) wrong.push('inspector');
      if (Date.parse(`${coveredUntil}T23:59:59Z`) < now() + CALENDAR_AHEAD_MS) wrong.push('calendar');
      reply.code(health.writable ? 200 : 503).header('cache-control', 'no-store');
      return {
        status: !health.writable ? ('unavailable' as const) : wrong.length > 0 ? ('degraded' as const) : ('ready' as const),
        database: { writable: health.writable, freeBytes: health.freeBytes },
        outbox: {
          ageSeconds: Math.round(health.outboxAge / 1000),
          pending: { ...health.pendingByChannel },
          deadLetters: health.deadLetters,
        },
        channels: channels.map(({ name }) => name),
        inspectorPresent: inspectorExists,
        calendarCoveredUntil: coveredUntil,
        wrong,
      };
    });
  };
