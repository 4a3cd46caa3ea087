import type { Decision } from '../../domain/decision.ts';
import { nothingToDo, type Owed } from './owed.ts';

/** One reminder of an invitation that is still unused and still good; never a second. */
export function remindOfInvitation({ file, desk, chance }: Owed): Decision {
  const { invitation } = desk;
  if (!invitation || invitation.expiresAt <= chance.now) return nothingToDo;
  return {
    changes: [{ do: 'keep', case: file.id, kind: 'invitation-reminder' }],
    say: [
      {
        key: 'clock:invitation',
        case: file.id,
        buttons: [[{ label: { key: 'desk:rate.go' }, tap: { on: 'invitation', id: invitation.id }, style: 'primary' }]],
      },
    ],
  };
}
