import type { FastifyReply } from 'fastify';

/** Takes the response out of the framework's hands, with the headers that were set for it. */
export function openStream(reply: FastifyReply, add: (raw: FastifyReply['raw']) => void): void {
  reply.hijack();
  for (const [name, value] of Object.entries(reply.getHeaders())) if (value !== undefined) reply.raw.setHeader(name, value);
  reply.raw.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
  });
  add(reply.raw);
}
