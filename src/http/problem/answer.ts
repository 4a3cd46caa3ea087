import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type Refusal, Refused } from '../../domain/refusal.ts';
import type { Spoken } from '../deps.ts';
import { localeOf } from './locale.ts';
import { problemOf } from './problem.ts';

/** Answers every refusal, framework's or ours, as a problem; the unexpected is logged by its shape and answered without detail. */
export function answerProblems(app: FastifyInstance, words: Spoken, fallback: string): void {
  const send = (request: FastifyRequest, reply: FastifyReply, refused: Refused): FastifyReply => {
    const locale = localeOf(request.headers['accept-language'], words.locales, fallback);
    const body = problemOf(refused, words, locale);
    if (body.retryAfter !== undefined) reply.header('retry-after', body.retryAfter);
    return reply
      .code(body.status)
      .header('content-language', locale)
      .header('vary', 'Accept-Language')
      .header('cache-control', 'no-store')
      .type('application/problem+json; charset=utf-8')
      .send(JSON.stringify(body));
  };

  app.setNotFoundHandler((request, reply) => send(request, reply, new Refused('not-found')));
  app.setErrorHandler<FastifyError>((error, request, reply) => {
    const refused = refusedFrom(error);
    // An error's message may hold what somebody wrote: only its name, code and the lines it passed are kept.
    if (refused.code === 'internal') request.log.error({ route: request.routeOptions.url, error: shapeOf(error) }, 'unexpected error');
    return send(request, reply, refused);
  });
}

/** What the framework refuses, in our codes. */
const FRAMEWORK: Readonly<Record<number, Refusal>> = {
  400: 'malformed',
  404: 'not-found',
  413: 'too-large',
  414: 'not-found',
  415: 'unsupported-media',
  429: 'rate-limited',
};

function refusedFrom(error: FastifyError): Refused {
  if (error instanceof Refused) return error;
  const status = error.statusCode ?? 500;
  const code = FRAMEWORK[status] ?? (status < 500 ? 'malformed' : 'internal');
  return new Refused(code, {}, { cause: error });
}

function shapeOf(error: Error & { code?: unknown }): Record<string, unknown> {
  const lines = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return {
    name: error.name,
    ...(typeof error.code === 'string' && { code: error.code }),
    at: lines.slice(0, 12).map((line) => line.trim()),
    ...(error.cause instanceof Error && { cause: shapeOf(error.cause) }),
  };
}
