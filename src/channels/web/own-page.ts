import type { FastifyRequest } from 'fastify';
import { Refused } from '../../domain/refusal.ts';

/** Refuses a write that a browser says comes from somebody else's page. */
export function ownPageOnly(request: FastifyRequest, publicUrl: string | undefined): void {
  const site = request.headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin') throw new Refused('csrf');
  const { origin } = request.headers;
  if (origin === undefined) return;
  const host = URL.canParse(origin) ? new URL(origin).host : '';
  const ours = [request.host, publicUrl === undefined ? '' : new URL(publicUrl).host];
  if (host === '' || !ours.includes(host)) throw new Refused('csrf');
}
