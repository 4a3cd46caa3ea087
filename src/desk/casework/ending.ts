import type { Confirmation } from '../../domain/case.ts';
import { shownLetters } from '../../domain/chance.ts';
import { type Decision, promiseKinds } from '../../domain/decision.ts';
import { invitationFor } from '../talk/invite.ts';
import { type Acting, firstAnswerAgain, happened, kept } from './acting.ts';

/** On the resident's word, or not reached: the system invites to rate, whoever closed it. */
export const close =
  (confirmation: Confirmation, reason: string) =>
  (act: Acting): Decision => {
    const { file, desk, chance } = act;
    const invitation = desk.invited ? undefined : invitationFor({ file }, chance);
    return {
      changes: [
        happened(act, { confirmation, closedAt: chance.now, dueAt: undefined, dueWhy: undefined }, { reason, data: { confirmation } }),
        ...kept(act, ...promiseKinds),
        ...(desk.resident ? (invitation?.changes ?? []) : []),
      ],
      say: [
        { key: `casework:closed.${confirmation}`, values: { reference: shownLetters(file.reference) }, case: file.id },
        ...(invitation ? [invitation.saying] : []),
      ],
    };
  };

/** It comes back to work, with a first answer owed anew; the resident is told. */
export const reopen =
  (reason: string) =>
  (act: Acting): Decision => {
    const { file } = act;
    const times = file.reopened + 1;
    const { patch, promise } = firstAnswerAgain(act, file, times);
    return {
      changes: [
        happened(
          act,
          { ...patch, reopened: times, outcome: undefined, confirmation: undefined, answeredAt: undefined, closedAt: undefined },
          { reason, data: { times } },
        ),
        ...kept(act, 'reminder', 'closing', 'ask-again', 'call', 'reach-another-way'),
        promise,
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
