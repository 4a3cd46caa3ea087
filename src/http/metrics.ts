import type { FastifyInstance, FastifyRequest } from 'fastify';
import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import { Refused } from '../domain/refusal.ts';
import type { StoreHealth } from '../store/store.ts';
import { sameText } from './auth/token.ts';
import type { Deps } from './deps.ts';

/** `/metrics` in Prometheus text: five gauges an operator wakes up for, and the process's own. */
export function serveMetrics(app: FastifyInstance, { config }: Deps, measure: () => Promise<StoreHealth>): void {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const show = gauges(registry);
  app.get('/metrics', { schema: { hide: true } }, async (request, reply) => {
    if (!mayRead(request, config.metricsToken)) throw new Refused('not-found');
    show(await measure());
    return reply
      .header('cache-control', 'no-store')
      .type(registry.contentType)
      .send(await registry.metrics());
  });
}

function gauges(registry: Registry): (health: StoreHealth) => void {
  const gauge = <Label extends string = never>(name: string, help: string, ...labelNames: readonly Label[]) =>
    new Gauge({ name: `tiexin_${name}`, help, labelNames: [...labelNames], registers: [registry] });
  const outboxAge = gauge('outbox_age_seconds', 'Age of the oldest message that should have gone');
  const pending = gauge('deliveries_pending', 'Messages waiting to go', 'channel');
  const dead = gauge('dead_letters', 'Messages given up');
  const overdue = gauge('promises_overdue', 'Promises past their time');
  const unread = gauge('sealed_waiting_unread', 'Sealed complaints nobody has read yet');
  return (health) => {
    outboxAge.set(health.outboxAge / 1000);
    pending.reset();
    for (const [channel, count] of Object.entries(health.pendingByChannel)) pending.set({ channel }, count);
    dead.set(health.deadLetters);
    overdue.set(health.promisesOverdue);
    unread.set(health.sealedWaitingUnread);
  };
}

/** With the token; where none is set, only from this machine itself, and not through a proxy on it. */
function mayRead(request: FastifyRequest, token: string | undefined): boolean {
  if (token !== undefined) return sameText(request.headers.authorization ?? '', `Bearer ${token}`);
  const { headers, raw } = request;
  const forwarded = headers.forwarded !== undefined || headers['x-forwarded-for'] !== undefined;
  return !forwarded && /^(127\.|::1$|::ffff:127\.)/.test(raw.socket.remoteAddress ?? '');
}
