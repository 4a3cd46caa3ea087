import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type Refusal, Refused } from '../../domain/refusal.ts';
import type { Spoken } from '../deps.ts';
import { localeOf } from './locale.ts';
import { problemOf } from './problem.ts';

/** Answers an error as a problem, in the language of the one who asked. */
export type Answer = (error: unknown, request: FastifyRequest, reply: FastifyReply) => FastifyReply;

/** Every refusal, framework's or ours, is a problem; the unexpected is logged by its shape and answered without detail. */
export const answerIn =
  (words: Spoken, fallback: string): Answer =>
  (error, request, reply) => {
    const refused = refusedFrom(error);
    // An error's message may hold what somebody wrote: only its name, code and the lines it passed are kept.
    if (refused.code === 'internal') request.log.error({ route: request.routeOptions.url, error: shapeOf(error) }, 'unexpected error');
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

/** What is refused once a route is known, and where none is. */
export function answerProblems(app: FastifyInstance, answer: Answer): void {
  app.setErrorHandler((error, request, reply) => answer(error, request, reply));
  app.setNotFoundHandler((request, reply) => answer(new Refused('not-found'), request, reply));
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

function refusedFrom(error: unknown): Refused {
  if (error instanceof Refused) return error;
  const status = hasStatus(error) ? error.statusCode : 500;
  const code = FRAMEWORK[status] ?? (status < 500 ? 'malformed' : 'internal');
  return new Refused(code, {}, { cause: error });
}

const hasStatus = (error: unknown): error is { statusCode: number } =>
  typeof error === 'object' && error !== null && 'statusCode' in error && typeof error.statusCode === 'number';

function shapeOf(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { name: typeof error };
  const lines = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return {
    name: error.name,
    ...('code' in error && typeof error.code === 'string' && { code: error.code }),
    at: lines.slice(0, 12).map((line) => line.trim()),
    ...(error.cause !== undefined && { cause: shapeOf(error.cause) }),
  };
}
