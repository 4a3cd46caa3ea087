import type { Invitation } from '../../domain/rating.ts';
import type { Filing } from '../../flow/effect.ts';
import { briefly } from './briefly.ts';
import { openForm } from './form.ts';
import { homeButton } from './home.ts';
import { myCases } from './own.ts';
import { button, change, found, say, type Talk } from './talk.ts';

/** Opens the rating an invitation is for, or says kindly that it can't be used any more. */
export function openInvitation(talk: Talk, id: string): void {
  if (!usable(talk, id)) {
    sayNotNow(talk);
    return;
  }
  openForm(talk, 'rate', id);
}

/** The door for ratings: only the system invites, so it opens on an invitation still open, or says how it works. */
export function offerRating(talk: Talk): void {
  const invited = myCases(talk).find(
    ({ file, invitation }) => file.status === 'closed' && invitation !== undefined && invitation.expiresAt > talk.chance.now,
  );
  if (!invited?.invitation) {
    say(talk, { key: 'desk:rate.only-invited', buttons: [[homeButton]] });
    return;
  }
  const { content, invitation } = invited;
  say(talk, {
    key: 'desk:rate.offer',
    values: { what: briefly(content.summary) },
    case: invited.file.id,
    buttons: [[button('desk:rate.go', { on: 'invitation', id: invitation.id })], [homeButton]],
  });
}

/** The rating is kept and its one invitation used up. */
export function takeRating(talk: Talk, { invitation, as: _as, ...rating }: Extract<Filing, { as: 'rating' }>): void {
  if (!usable(talk, invitation)) {
    sayNotNow(talk);
    return;
  }
  change(talk, { do: 'useInvitation', invitation, rating });
  say(talk, { key: 'desk:rate.thanks', buttons: [[homeButton]] });
}

const sayNotNow = (talk: Talk): void => say(talk, { key: 'desk:rate.not-now', buttons: [[homeButton]] });

function usable(talk: Talk, id: string): Invitation | undefined {
  const invitation = found(talk, { what: 'invitation', id })?.invitation;
  return invitation && invitation.usedAt === undefined && invitation.expiresAt > talk.chance.now ? invitation : undefined;
}
