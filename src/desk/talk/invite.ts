import type { StationSettings } from '../../domain/catalogue.ts';
import { type Chance, idFrom, lotFalls } from '../../domain/chance.ts';
import type { Change, MyCase } from '../../domain/decision.ts';
import type { Saying } from '../../domain/message.ts';

const DAY_MS = 86_400_000;
/** An invitation is good for so long, and reminded of once, in the middle. */
export const GOOD_FOR_MS = 7 * DAY_MS;
export const REMINDED_AFTER_MS = 4 * DAY_MS;

/** A case that may be offered for rating, and whether it ever was. */
type Invited = { file: Pick<MyCase['file'], 'id' | 'kind' | 'domesticViolence' | 'spared'> } & Pick<
  MyCase,
  'invited' | 'invitation' | 'danger'
>;

/** After domestic violence, danger to life, or where a lead or inspection spared its resident. */
export const isNeverAsked = ({ file, danger }: Pick<Invited, 'file' | 'danger'>): boolean =>
  file.domesticViolence || file.spared !== undefined || danger === true;

/** Where the station asks a share of its residents, by lot. */
export const isOfTheShare = ({ ratingShare = 100 }: Pick<StationSettings, 'ratingShare'>, chance: Chance): boolean =>
  lotFalls(chance, 'asked', ratingShare);

/**
 * The system's one invitation to rate a closed case: one still unused is offered again, a used one never replaced; by lot
 * where the station asks a share.
 */
export function invitationFor(
  { file, invited, invitation: unused, danger }: Invited,
  settings: Pick<StationSettings, 'ratingShare'>,
  chance: Chance,
): { changes: readonly Change[]; sayings: readonly Saying[] } | undefined {
  const { now } = chance;
  const used = invited && !(unused && unused.expiresAt > now);
  if (isNeverAsked({ file, ...(danger && { danger }) }) || used) return undefined;
  if (!unused && file.kind !== 'follow-up' && !isOfTheShare(settings, chance))
    return { changes: [{ do: 'leaveUnasked', contact: idFrom(chance, 'contact'), case: file.id }], sayings: [] };
  const invitation = unused && unused.expiresAt > now ? unused.id : idFrom(chance, 'invitation');
  return {
    changes:
      invitation === unused?.id
        ? []
        : [
            {
              do: 'invite',
              contact: idFrom(chance, 'contact'),
              invitation,
              case: file.id,
              source: file.kind === 'follow-up' ? 'again' : 'invited',
              expiresAt: now + GOOD_FOR_MS,
            },
            { do: 'promise', case: file.id, kind: 'invitation-reminder', nth: 0, dueAt: now + REMINDED_AFTER_MS },
          ],
    sayings: [
      {
        key: file.kind === 'follow-up' ? 'desk:invite.again' : 'desk:invite.ask',
        case: file.id,
        private: true,
        buttons: [[{ label: { key: 'desk:rate.go' }, tap: { on: 'invitation', id: invitation }, style: 'primary' }]],
      },
    ],
  };
}
