import type { FastifyPluginAsync } from 'fastify';
import { Refused } from '../../domain/refusal.ts';
import type { Note } from '../channel.ts';
import { BODY_BYTES } from './envelope/body.ts';
import { type EnvelopeSettings, openRequest, verify } from './envelope/envelope.ts';
import { createFreshness } from './envelope/freshness.ts';
import { Forged, Malformed } from './envelope/rejection.ts';
import type { Taking } from './taking.ts';

const WEBHOOK_PATH = '/wechat/webhook';
/** Tells WeChat that it arrived and that no answer rides along; never encrypted. */
const ARRIVED = 'success';

/**
 * The address WeChat sends messages to: answered once they are on disk. WeChat waits five seconds and asks three times;
 * what is forged, replayed or malformed is refused with nothing stored.
 */
export const webhookRoutes =
  (envelope: EnvelopeSettings, started: () => { taking: Taking; now: () => number } | undefined, note: Note): FastifyPluginAsync =>
  async (app) => {
    const freshness = createFreshness();
    app.removeAllContentTypeParsers();
    app.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: BODY_BYTES }, (_request, body, done) => done(null, body));
    app.setErrorHandler(async (error: Error & { statusCode?: number }, _request, reply) => {
      const { status, why } = refusalOf(error);
      note('wechat: a request was refused', { why });
      return reply.code(status).type('text/plain').send();
    });

    app.get(WEBHOOK_PATH, { schema: { hide: true } }, async (request, reply) =>
      reply.type('text/plain').send(verify(request.query as Record<string, unknown>, envelope)),
    );

    app.post(WEBHOOK_PATH, { schema: { hide: true } }, async (request, reply) => {
      const parts = started();
      if (!parts) return reply.code(503).send();
      const query = request.query as Record<string, unknown>;
      const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
      const { message, seal } = openRequest({ query, body }, envelope, freshness, parts.now());
      const answer = await parts.taking.take(message);
      if (!answer) {
        note('wechat: a message without a sender');
        return reply.type('text/plain').send(ARRIVED);
      }
      reply.raw.once('finish', answer.given);
      if (answer.text === '') return reply.type('text/plain').send(ARRIVED);
      const given = seal(answer.text, answer.to);
      return reply.type(given.startsWith('<') ? 'text/xml' : 'application/json').send(given);
    });
  };

function refusalOf(error: Error & { statusCode?: number }): { status: number; why: string } {
  if (error instanceof Forged) return { status: 403, why: error.code };
  if (error instanceof Malformed) return { status: 400, why: error.code };
  if (error instanceof Refused) return { status: 503, why: error.code };
  const status = error.statusCode ?? 500;
  return { status, why: status === 413 ? 'too-large' : error.name };
}
