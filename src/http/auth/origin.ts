import type { FastifyRequest } from 'fastify';

/** Whether a browser says that a write comes from our own page; a client that is no browser says nothing, and carries no one else's cookie. */
export function fromOwnPage(request: FastifyRequest, publicUrl: string | undefined): boolean {
  const site = request.headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return false;
  const origin = request.headers.origin;
  if (origin === undefined) return true;
  const host = URL.canParse(origin) ? new URL(origin).host : '';
  return host === request.host || (publicUrl !== undefined && host === new URL(publicUrl).host);
}
