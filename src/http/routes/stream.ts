import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { signedIn } from '../auth/guard.ts';
import { problems } from '../problem/problem.ts';
import type { Streams } from '../stream/streams.ts';

/** Server-sent events: `case` {reference, version}, `emergency` {id, level, acknowledged}, `ready` and `reset`. */
export const streamRoutes =
  (streams: Streams): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      '/stream',
      {
        // A HEAD would be a stream that nobody reads.
        exposeHeadRoute: false,
        schema: {
          tags: ['stream'],
          summary:
            'What changed, as it changes: an event’s id marks its place, good for an hour as Last-Event-ID; `reset`: read everything anew',
          headers: z.object({ 'last-event-id': z.string().max(500).optional() }),
          response: {
            200: { description: 'text/event-stream', content: { 'text/event-stream': { schema: z.string() } } },
            ...problems(401, 403, 503),
          },
        },
      },
      async (request, reply) => {
        const who = signedIn(request);
        const { 'last-event-id': lastEventId } = request.headers;
        reply.hijack();
        request.raw.socket.setTimeout(0);
        for (const [name, value] of Object.entries(reply.getHeaders())) if (value !== undefined) reply.raw.setHeader(name, value);
        reply.raw.writeHead(200, {
          'content-type': 'text/event-stream; charset=utf-8',
          'cache-control': 'no-store',
          'x-accel-buffering': 'no',
        });
        // Once hijacked nobody else answers: a store that fails now ends the stream, and the page comes back.
        await streams.open(reply.raw, who, lastEventId).catch(() => reply.raw.destroy());
      },
    );
  };
