import type { Intake } from '../../domain/conversation.ts';
import type { Saying } from '../../domain/message.ts';
import type { Invitation, RatingGiven } from '../../domain/rating.ts';
import type { Filing } from '../../flow/effect.ts';
import { briefly } from './briefly.ts';
import { asksFollowUp } from './follow-up.ts';
import { openForm } from './form.ts';
import { homeButton, reportButton } from './home.ts';
import { usableInvitation } from './invitation.ts';
import { myCases } from './own.ts';
import { button, change, say, type Talk } from './talk.ts';
import { day } from './when.ts';

/** Opens the rating an invitation is for, anew where it was given already, or says kindly that it can't be used any more. */
export function openInvitation(talk: Talk, id: string): void {
  const invitation = usableInvitation(talk, id);
  if (!invitation) {
    sayNotNow(talk);
    return;
  }
  beginRating(talk, invitation);
}

/** The form of an invitation that is good; whoever rated by it already changes that. */
export function beginRating(talk: Talk, { id, given }: Pick<Invitation, 'id' | 'given'>): void {
  if (given) say(talk, { key: 'desk:rate.again' });
  openForm(talk, 'rate', id);
}

/** The door for ratings: only the system invites, so it opens on an invitation still open, or says how it works. */
export function offerRating(talk: Talk): void {
  const invited = myCases(talk)
    .flatMap((mine) => [
      ...(mine.file.status === 'closed' ? [{ mine, invitation: mine.invitation, key: 'desk:rate.offer' }] : []),
      { mine, invitation: mine.metInvitation, key: 'desk:rate.offer-met' },
    ])
    .find(({ invitation }) => invitation !== undefined && invitation.expiresAt > talk.chance.now);
  if (!invited?.invitation) {
    say(talk, { key: 'desk:rate.only-invited', buttons: [[homeButton]] });
    return;
  }
  const { mine, invitation, key } = invited;
  say(talk, {
    key,
    values: { what: briefly(mine.content.summary) },
    case: mine.file.id,
    private: true,
    buttons: [[button('desk:rate.go', { on: 'invitation', id: invitation.id })], [homeButton]],
  });
}

/** The rating is kept, or changed; with the invitation's last day it is nobody's any more, and what was said here goes. */
export function takeRating(talk: Talk, { invitation: id, as: _as, ...rating }: Extract<Filing, { as: 'rating' }>, intake: Intake): void {
  const invitation = usableInvitation(talk, id);
  if (!invitation) {
    sayNotNow(talk);
    return;
  }
  const { message } = talk.desk;
  change(talk, { do: 'useInvitation', invitation: id, rating, turns: [...new Set([...intake.messages, message.id])] });
  say(talk, invitation.source === 'assisted' ? { key: 'desk:rate.thanks-on-screen' } : thanks(talk, invitation));
  if (invitation.reference !== undefined && isAboutResult(invitation, rating)) {
    const again = button('mine:does.unsolved-after-all', { on: 'case', reference: invitation.reference, act: 'unsolved' });
    say(talk, { key: 'desk:rate.unsolved', buttons: [[again]] });
  } else if (asksFollowUp(invitation, rating)) openForm(talk, 'follow-up', id);
  else if (isUnasked(invitation) && rating.level <= 2) say(talk, { key: 'desk:rate.tell-us', buttons: [[reportButton]] });
}

/** Until when it can be changed, and what happens then. */
const thanks = ({ locale, desk }: Talk, { id, given, expiresAt }: Invitation): Saying => ({
  key: given ? 'desk:rate.changed' : 'desk:rate.thanks',
  values: { date: day(expiresAt, locale, desk.catalogue.settings.zone) },
  buttons: [[button('desk:rate.change', { on: 'invitation', id }), homeButton]],
});

/** A low rating of the result, or of what a follow-up came to. Going on with the case shows whose it is: so they are asked, and nothing begins by itself. */
const isAboutResult = ({ source }: Invitation, { level, reasons }: Pick<RatingGiven, 'level' | 'reasons'>): boolean =>
  level <= 2 && (source === 'again' || (source === 'invited' && reasons.includes('unsolved')));

/** Nobody knows what a rating by a code is about: what was wrong is a report of its own. */
const isUnasked = ({ source }: Invitation): boolean => source === 'walk-in' || source === 'assisted';

const sayNotNow = (talk: Talk): void => say(talk, { key: 'desk:rate.not-now', buttons: [[homeButton]] });
