import { DateTime } from 'luxon';
import { idFrom } from '../../domain/chance.ts';
import type { Change, Decision } from '../../domain/decision.ts';
import type { Encounter } from '../../domain/encounter.ts';
import { type Acting, dueWithout, happened, kept, triedAnotherWay } from './acting.ts';

/** The system asks the day after, once whoever was there has gone. */
const ASKED_AT_HOUR = 10;

/** The resident was met, or spoken with: a call that was owed has been made. How it was, the system may ask; nobody learns whether. */
export const meet =
  (how: Encounter) =>
  (act: Acting): Decision => {
    const { file, officer, chance } = act;
    return {
      changes: [
        happened(act, triedAnotherWay(act) ? dueWithout(act, 'call', 'reach-another-way') : {}, { quiet: true, data: { how } }),
        { do: 'meet', contact: idFrom(chance, 'contact'), case: file.id, officer: officer.id, how },
        ...kept(act, 'call', 'reach-another-way'),
        ...askedTomorrow(act),
      ],
      say: [],
    };
  };

/** One more contact before the question does not put it off. */
function askedTomorrow({ desk, file, chance }: Acting): Change[] {
  const isToCome = desk.promises.some(
    ({ kind, dueAt, keptAt }) => kind === 'ask-about-contact' && keptAt === undefined && dueAt > chance.now,
  );
  if (isToCome) return [];
  const tomorrow = DateTime.fromMillis(chance.now, { zone: desk.catalogue.settings.zone }).plus({ days: 1 });
  const dueAt = tomorrow.set({ hour: ASKED_AT_HOUR, minute: 0, second: 0, millisecond: 0 }).toMillis();
  return [{ do: 'promise', case: file.id, kind: 'ask-about-contact', nth: 0, dueAt }];
}
