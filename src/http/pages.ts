import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { pagePolicy } from './csp.ts';

/** The built pages, beside the built server. */
export const builtPages = {
  webchat: new URL('../../dist/webchat', import.meta.url).pathname,
  console: new URL('../../dist/console', import.meta.url).pathname,
};

/** Where the page's builder leaves room for the nonce of one response. */
const PLACE = '__NONCE__';
/** A built file's name holds the hash of its content: it never changes. */
const FOR_GOOD = 'public, max-age=31536000, immutable';

/** The resident's page at `/`, the officers' at `/console`; each address below `/console` is the same page. */
export async function servePages(app: FastifyInstance, dirs: { webchat: string; console: string }): Promise<void> {
  await app.register(page, { dir: dirs.webchat, at: '/', addresses: ['/'] });
  await app.register(page, { dir: dirs.console, at: '/console/', addresses: ['/console', '/console/', '/console/*'] });
}

async function page(app: FastifyInstance, { dir, at, addresses }: { dir: string; at: string; addresses: readonly string[] }) {
  const index = join(dir, 'index.html');
  if (!existsSync(index)) return;
  const html = readFileSync(index, 'utf8');
  const send = (reply: FastifyReply) => {
    const nonce = randomBytes(16).toString('base64');
    return reply
      .header('content-security-policy', pagePolicy(nonce))
      .header('cache-control', 'no-store')
      .type('text/html; charset=utf-8')
      .send(html.replaceAll(PLACE, nonce));
  };
  await app.register(fastifyStatic, {
    root: dir,
    prefix: at,
    index: false,
    wildcard: false,
    decorateReply: false,
    globIgnore: ['**/index.html', '**/*.{br,gz}'],
    preCompressed: true,
    cacheControl: false,
    setHeaders: (response, path) => {
      response.setHeader('cache-control', path.includes('/assets/') ? FOR_GOOD : 'no-cache');
    },
  });
  for (const url of addresses) {
    // A file that is not there is not the page: else a script of an older build would be answered with HTML.
    app.get(url, { schema: { hide: true } }, (request, reply) => (isFile(request.url) ? reply.callNotFound() : send(reply)));
  }
}

const isFile = (url: string): boolean => /\.[a-z0-9]+$/i.test(url.split('?')[0] ?? '');
