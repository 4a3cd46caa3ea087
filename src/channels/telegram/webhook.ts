import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyPluginAsync } from 'fastify';
import { Refused } from '../../domain/refusal.ts';
import type { Note } from '../channel.ts';
import type { Sending } from './sending.ts';
import type { Taking } from './taking.ts';

export const WEBHOOK_PATH = '/telegram/webhook';
/** Far beyond any update; Telegram's own are a few kilobytes. */
const BODY_BYTES = 4 * 1024 * 1024;

/** What the webhook hands updates to, once the channel has started. */
export type Started = () => { taking: Taking; sending: Sending } | undefined;

/**
 * The address Telegram sends updates to: 200 only after commit, 503 where it must be sent again.
 * What can never be taken is acknowledged, or it would hold up all that comes behind it.
 */
export const webhookRoute =
  (secret: string, started: Started, note: Note): FastifyPluginAsync =>
  async (app) => {
    const wanted = digest(secret);
    app.removeAllContentTypeParsers();
    app.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: BODY_BYTES }, (_request, body, done) => done(null, body));
    app.setErrorHandler(async (error: { statusCode?: number }, _request, reply) => {
      const status = error.statusCode ?? 500;
      note('telegram: a request that is no update', { status });
      return reply.code(status === 413 || status === 415 ? 200 : status).send();
    });
    app.post(WEBHOOK_PATH, {
      schema: { hide: true },
      // Before the body is read: a stranger's is never looked at.
      onRequest: async (request, reply) => {
        const given = request.headers['x-telegram-bot-api-secret-token'];
        if (!timingSafeEqual(digest(typeof given === 'string' ? given : ''), wanted)) return reply.code(401).send();
        // It is read as JSON whatever it calls itself; a name that Fastify can't read would turn it away.
        request.headers['content-type'] = 'application/json';
      },
      handler: async (request, reply) => {
        const parts = started();
        if (!parts) return reply.code(503).send();
        let update: unknown;
        try {
          update = JSON.parse(new TextDecoder().decode(request.body as Buffer | undefined));
        } catch {
          note('telegram: a body that is no JSON');
          return reply.code(200).send();
        }
        try {
          const owed = await parts.taking.take(update);
          await parts.sending.room();
          return owed ? reply.type('application/json').send(JSON.stringify(owed)) : reply.code(200).send();
        } catch (cause) {
          if (!(cause instanceof Refused))
            note('telegram: an update could not be taken', { why: cause instanceof Error ? cause.name : 'unknown' });
          return reply.code(503).header('retry-after', '1').send();
        }
      },
    });
  };

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
