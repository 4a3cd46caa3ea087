import { type Chance, idFrom } from '../../domain/chance.ts';
import type { Change, MyCase } from '../../domain/decision.ts';
import type { Saying } from '../../domain/message.ts';

const DAY_MS = 86_400_000;
/** An invitation is good for so long, and reminded of once, in the middle. */
const GOOD_FOR_DAYS = 7;
const REMINDED_AFTER_DAYS = 4;

/** The system's one invitation to rate a closed case: one still unused is offered again. Never for domestic violence. */
export function invitationFor(
  { file, invitation: unused }: { file: Pick<MyCase['file'], 'id' | 'domesticViolence'>; invitation?: MyCase['invitation'] },
  chance: Chance,
): { changes: readonly Change[]; saying: Saying } | undefined {
  if (file.domesticViolence) return undefined;
  const { now } = chance;
  const invitation = unused && unused.expiresAt > now ? unused.id : idFrom(chance, 'invitation');
  return {
    changes:
      invitation === unused?.id
        ? []
        : [
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
