import type { CaseStatus } from '../../domain/case.ts';
import { idFrom } from '../../domain/chance.ts';
import type { Change, Decision } from '../../domain/decision.ts';
import type { Saying } from '../../domain/message.ts';
import { GOOD_FOR_MS, isNeverAsked, isOfTheShare, REMINDED_AFTER_MS } from '../talk/invite.ts';
import type { Owed } from './owed.ts';

/** The reminder about a contact, beside the one about the case itself. */
const ABOUT_CONTACT = 1;
/** A resident is asked about visits and calls of one case at most so often. */
const ASKED_AGAIN_AFTER_MS = 30 * 86_400_000;
/** Once it is answered, the question about the whole is near. */
const asksIn: readonly CaseStatus[] = ['opened', 'in-progress', 'waiting', 'in-mediation'];

/** One reminder of an invitation that is still unused and still good; never a second. Kept either way: else it would tell who had rated by then. */
export function remindOfInvitation({ file, desk, promise, chance }: Owed): Decision {
  const invitation = promise.nth === ABOUT_CONTACT ? desk.met?.invitation : desk.invitation;
  const isGood = invitation !== undefined && invitation.expiresAt > chance.now;
  return {
    changes: [{ do: 'keep', case: file.id, kind: 'invitation-reminder', nth: promise.nth }],
    say: isGood ? [asking('clock:invitation', file.id, invitation.id)] : [],
  };
}

/** The day after a visit or call that was written down: asks how it was, of whom the lot falls on. It is owed no longer, asked or not. */
export function askAboutContact(owed: Owed): Decision {
  const { file, desk, chance } = owed;
  const keep: Change = { do: 'keep', case: file.id, kind: 'ask-about-contact' };
  if (!desk.met || !isToBeAsked(owed)) return { changes: [keep], say: [] };
  const invitation = idFrom(chance, 'invitation');
  return {
    changes: [
      keep,
      { do: 'askAboutContact', contact: desk.met.contact, invitation, case: file.id, expiresAt: chance.now + GOOD_FOR_MS },
      { do: 'promise', case: file.id, kind: 'invitation-reminder', nth: ABOUT_CONTACT, dueAt: chance.now + REMINDED_AFTER_MS },
    ],
    say: [asking('desk:invite.met', file.id, invitation)],
  };
}

function isToBeAsked({ file, desk, chance }: Owed): boolean {
  const { met, resident, catalogue } = desk;
  const askedLately = met?.askedAt !== undefined && chance.now - met.askedAt < ASKED_AGAIN_AFTER_MS;
  if (!resident || askedLately || file.kind === 'follow-up' || !asksIn.includes(file.status)) return false;
  return !isNeverAsked({ file, ...desk }) && isOfTheShare(catalogue.settings, chance);
}

const asking = (key: string, about: string, invitation: string): Saying => ({
  key,
  case: about,
  private: true,
  buttons: [[{ label: { key: 'desk:rate.go' }, tap: { on: 'invitation', id: invitation }, style: 'primary' }]],
});
