import type { FastifyRequest } from 'fastify';
import type { Officer, Role } from '../../domain/officer.ts';
import { Refused } from '../../domain/refusal.ts';
import { signedIn } from './guard.ts';

/** The one who asks, where their role opens this door; throws `not-your-role` else. */
export function inRole(request: FastifyRequest, ...roles: readonly Role[]): Officer {
  const { officer } = signedIn(request);
  if (!roles.includes(officer.role)) throw new Refused('not-your-role');
  return officer;
}
