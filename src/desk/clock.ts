import type { DecidePromise, Decision, PromiseKind } from '../domain/decision.ts';
import { askAboutContact, remindOfInvitation } from './clock/invitation.ts';
import { hearFromUs, noteLate, tellUnread } from './clock/late.ts';
import { nothingToDo, type Owed } from './clock/owed.ts';
import { askAgain, closeInSilence, remind } from './clock/silence.ts';

/** What lateness means, kind by kind: do it now, do it later, or leave it to people. */
const whenDue: Readonly<Record<PromiseKind, (owed: Owed) => Decision>> = {
  'first-answer': noteLate,
  finish: noteLate,
  planned: noteLate,
  reminder: remind,
  closing: closeInSilence,
  'ask-again': askAgain,
  call: noteLate,
  'reach-another-way': noteLate,
  'invitation-reminder': remindOfInvitation,
  'ask-about-contact': askAboutContact,
  'hear-from-us': hearFromUs,
  unread: tellUnread,
};

/** What the clock does with a promise that is due; pure, once each. */
export const decidePromise: DecidePromise = (desk, promise, chance) =>
  desk.file && promise.keptAt === undefined ? whenDue[promise.kind]({ file: desk.file, desk, promise, chance }) : nothingToDo;
