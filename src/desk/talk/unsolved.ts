import { type Id, shownLetters } from '../../domain/chance.ts';
import type { MyCase } from '../../domain/decision.ts';
import type { Filing } from '../../flow/effect.ts';
import { owedAgain } from '../casework/again.ts';
import { homeButton } from './home.ts';
import { inWordsOf } from './hours.ts';
import { showCase } from './mine.ts';
import { mayDo } from './own.ts';
import { ownerSigned } from './progress.ts';
import { change, say, type Talk } from './talk.ts';

/** Times a case may come back before a lead reads it first. */
const THIRD = 3;

/**
 * "No, not solved": the case is somebody's again. The same owner goes on if the resident wants, else a lead finds another;
 * a complaint always gets another. It stands on a lead's list either way.
 */
export function sayNotSolved(talk: Talk, mine: MyCase, filing: Extract<Filing, { as: 'unsolved' }>, messages: readonly Id[]): void {
  const { file } = mine;
  const who = ownerSigned(talk, mine);
  if (!mayDo(talk, mine, 'say-unsolved')) {
    say(talk, { key: 'mine:not-now' });
    showCase(talk, mine);
    return;
  }
  const catalogue = talk.desk.catalogue;
  const same = filing.sameOfficer === true && file.kind !== 'complaint' && file.owner !== undefined;
  const times = file.reopened + 1;
  const owed = owedAgain(file, times, { catalogue, now: talk.chance.now });
  change(
    talk,
    { do: 'fileMessages', case: file.id, messages },
    {
      do: 'event',
      case: file.id,
      verb: 'said-not-solved',
      actor: { kind: 'resident' },
      reason: filing.wrong,
      patch: {
        status: 'in-progress',
        reopened: times,
        outcome: undefined,
        confirmation: undefined,
        answeredAt: undefined,
        closedAt: undefined,
        ...owed.patch,
        ...(!same && { owner: undefined }),
      },
      data: { lead: true, same, times, ...(times >= THIRD && { leadReadsFirst: true }) },
    },
    ...(['reminder', 'closing', 'ask-again', 'call', 'reach-another-way'] as const).map(
      (kind) => ({ do: 'keep', case: file.id, kind }) as const,
    ),
    ...owed.changes,
  );
  say(talk, {
    key: same && who !== undefined ? 'mine:unsolved-same' : 'mine:unsolved',
    values: { reference: shownLetters(file.reference), date: inWordsOf(talk, owed.patch.dueAt), who: who ?? '' },
    case: file.id,
    buttons: [[homeButton]],
  });
}
