import type { CaseFile } from '../../domain/case.ts';
import { type Chance, idFrom } from '../../domain/chance.ts';
import type { Change } from '../../domain/decision.ts';
import type { Saying } from '../../domain/message.ts';

const DAY_MS = 86_400_000;
/** An invitation is good for so long, and reminded of once, in the middle. */
const GOOD_FOR_DAYS = 7;
const REMINDED_AFTER_DAYS = 4;

/** The system's one invitation to rate a closed case; never for domestic violence. */
export function invitationFor(
  file: Pick<CaseFile, 'id' | 'domesticViolence'>,
  chance: Chance,
): { changes: readonly Change[]; saying: Saying } | undefined {
  if (file.domesticViolence) return undefined;
  const invitation = idFrom(chance, 'invitation');
  const { now } = chance;
  return {
    changes: [
      { do: 'invite', contact: idFrom(chance, 'contact'), invitation, case: file.id, expiresAt: now + GOOD_FOR_DAYS * DAY_MS },
      { do: 'promise', case: file.id, kind: 'invitation-reminder', nth: 0, dueAt: now + REMINDED_AFTER_DAYS * DAY_MS },
    ],
    saying: {
      key: 'desk:invite.ask',
      case: file.id,
      buttons: [[{ label: { key: 'desk:rate.go' }, tap: { on: 'invitation', id: invitation }, style: 'primary' }]],
    },
  };
}
