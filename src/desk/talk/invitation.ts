import type { Invitation } from '../../domain/rating.ts';
import { found, type Talk } from './talk.ts';

/** An invitation while it is good; undefined afterwards, and on the first round, which asks for it. */
export function usableInvitation(talk: Talk, id: string): Invitation | undefined {
  const invitation = found(talk, { what: 'invitation', id })?.invitation;
  return invitation && invitation.expiresAt > talk.chance.now ? invitation : undefined;
}
