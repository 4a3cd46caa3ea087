import type { Confirmation } from '../../domain/case.ts';
import { shownLetters } from '../../domain/chance.ts';
import { type CaseDesk, type Decision, promiseKinds } from '../../domain/decision.ts';
import { unsolvedButton } from '../clock/silence.ts';
import { invitationFor } from '../talk/invite.ts';
import { type Acting, happened, kept } from './acting.ts';
import { owedAgain } from './again.ts';

/** On the resident's word, or not reached; one tap contradicts it. The system invites to rate, whoever closed it. */
export const close =
  (confirmation: Confirmation, reason: string) =>
  (act: Acting): Decision => {
    const { file, desk, chance } = act;
    if (confirmation === 'not-reached' && !wasOutOfReach(desk)) return { refuse: 'not-allowed-now' };
    const invitation =
      desk.resident && !desk.invited ? invitationFor({ ...desk, file, invited: false }, desk.catalogue.settings, chance) : undefined;
    return {
      changes: [
        happened(act, { confirmation, closedAt: chance.now, dueAt: undefined, dueWhy: undefined }, { reason, data: { confirmation } }),
        ...kept(act, ...promiseKinds),
        ...(invitation?.changes ?? []),
      ],
      say: [
        {
          key: `casework:closed.${confirmation}`,
          values: { reference: shownLetters(file.reference) },
          case: file.id,
          buttons: [[unsolvedButton(file.reference)]],
        },
        ...(invitation?.sayings ?? []),
      ],
    };
  };

/** Only where the answer did not get there, or somebody was asked to reach the resident another way. */
const wasOutOfReach = ({ lastAnswer, promises }: CaseDesk): boolean =>
  (lastAnswer !== undefined && lastAnswer.state !== 'sent' && lastAnswer.state !== 'pending') ||
  promises.some(({ kind }) => kind === 'reach-another-way' || kind === 'call');

/** It comes back to work, owed a first answer and an end anew; the resident is told. */
export const reopen =
  (reason: string) =>
  (act: Acting): Decision => {
    const { file } = act;
    const times = file.reopened + 1;
    const { patch, changes } = owedAgain(file, times, { catalogue: act.desk.catalogue, now: act.chance.now });
    return {
      changes: [
        happened(
          act,
          { ...patch, reopened: times, outcome: undefined, confirmation: undefined, answeredAt: undefined, closedAt: undefined },
          { reason, data: { times } },
        ),
        ...kept(act, 'reminder', 'closing', 'ask-again', 'call', 'reach-another-way'),
        ...changes,
      ],
      say: [{ key: 'casework:reopened', values: { reference: shownLetters(file.reference) }, case: file.id }],
    };
  };

/** Taken back in the resident's words, said at the counter or on the phone. */
export const withdraw =
  (words: string) =>
  (act: Acting): Decision => ({
    changes: [happened(act, { dueAt: undefined, dueWhy: undefined }, { reason: words }), ...kept(act, ...promiseKinds)],
    say: [{ key: 'casework:withdrawn', values: { reference: shownLetters(act.file.reference) }, case: act.file.id }],
  });
