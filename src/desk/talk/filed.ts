import type { Answered } from '../../domain/case.ts';
import { shownLetters } from '../../domain/chance.ts';
import type { Intake } from '../../domain/conversation.ts';
import type { Filing, Line } from '../../flow/effect.ts';
import { inWords } from '../../flow/wording.ts';
import { type Opening, openingOf } from '../filing.ts';
import { withdrawCase } from './afterwards.ts';
import { takeFollowUp } from './follow-up.ts';
import { bodyAbove, homeButton } from './home.ts';
import { inWordsOf, readAgain } from './hours.ts';
import { lookUp } from './lookup.ts';
import { goesAlong } from './loose.ts';
import { addToCase } from './mine.ts';
import { myCase } from './own.ts';
import { takeRating } from './rate.ts';
import { around, button, change, remember, say, type Talk } from './talk.ts';
import { sayNotSolved } from './unsolved.ts';

type CaseFiling = Extract<Filing, { as: 'case' }>;

/** A finished form becomes what it asks for. */
export function file(talk: Talk, intake: Intake, filing: Filing, lines: readonly Line[]): void {
  switch (filing.as) {
    case 'case':
      goesAlong(talk, intake);
      fileCase(talk, intake, filing, lines, filedKey);
      return;
    case 'rating':
      takeRating(talk, filing, intake);
      return;
    case 'follow-up':
      takeFollowUp(talk, filing, intake);
      return;
    case 'lookup':
      lookUp(talk, filing);
      return;
  }
  const mine = myCase(talk, filing.reference);
  if (!mine) {
    say(talk, { key: 'mine:not-yours', buttons: [[homeButton]] });
    return;
  }
  goesAlong(talk, intake);
  switch (filing.as) {
    case 'message':
      addToCase(talk, mine, threadOf(intake));
      return;
    case 'unsolved':
      sayNotSolved(talk, mine, filing, threadOf(intake));
      return;
    case 'withdrawal':
      withdrawCase(talk, mine, filing, threadOf(intake));
      return;
  }
}

/** What was said so far, for a person: no question stands before it. */
export function filePerson(talk: Talk, intake: Intake, filing: CaseFiling, lines: readonly Line[]): void {
  goesAlong(talk, intake);
  fileCase(talk, intake, filing, lines, ({ file }) => (file.sealed ? filedKey({ file }, talk) : 'desk:filed.person'));
}

function fileCase(
  talk: Talk,
  intake: Intake,
  filing: CaseFiling,
  lines: readonly Line[],
  keyOf: (opening: Pick<Opening, 'file'>, talk: Talk) => string,
): void {
  const { named, contact, about, topic, team, unit } = filing;
  const opening = openingOf(
    {
      kind: filing.kind,
      ...(about && { about }),
      ...(topic !== undefined && { topic }),
      ...(team !== undefined && { team }),
      ...(unit !== undefined && { unit }),
      ...(named !== undefined && { named }),
      ...(contact && { contact }),
      details: filing.details,
      seal: filing.seal,
      answers: frozen(talk, lines),
      locale: talk.locale,
      actor: { kind: 'resident' },
      messages: threadOf(intake),
      formTurns: intake.messages,
      media: filing.media,
    },
    { catalogue: talk.desk.catalogue, chance: talk.chance },
  );
  change(talk, ...opening.changes);
  remember(talk, { finished: { intake: intake.id, reference: opening.file.reference } });
  sayFiled(talk, opening, keyOf(opening, talk));
}

const filedKey = ({ file }: Pick<Opening, 'file'>, { desk }: Talk): string => {
  if (!file.sealed) return file.teamConcerned === undefined ? 'desk:filed.case' : 'desk:filed.service';
  return desk.catalogue.inspectorExists ? 'desk:filed.sealed' : 'desk:filed.sealed-no-inspector';
};

/** The reference and the code, what happens next and by when; at night also who to call. */
export function sayFiled(talk: Talk, { file, code, firstAnswerDueAt }: Opening, key: string): void {
  const reference = shownLetters(file.reference);
  const when = readAgain(talk);
  const buttons = [[button('desk:filed.show', { on: 'case', reference: file.reference, act: 'show' }), homeButton]];
  say(talk, {
    key,
    values: { reference, date: inWordsOf(talk, firstAnswerDueAt), body: bodyAbove(talk) },
    secret: shownLetters(code),
    case: file.id,
    ...(when === undefined && { buttons }),
  });
  if (when !== undefined) say(talk, { key: 'desk:filed.after-hours', values: { when }, case: file.id, buttons });
}

/** What goes into the case's thread: every turn but those that hold contact details or a code. */
export const threadOf = ({ messages, privateMessages = [] }: Intake): string[] =>
  messages.filter((message) => !privateMessages.includes(message));

/** Each answer with its question as it was asked, in the language it was asked in. */
const frozen = (talk: Talk, lines: readonly Line[]): Answered[] =>
  lines
    .filter(({ personal }) => !personal)
    .map(({ step, asked, askedWith, value, shown }) => ({
      step,
      asked: talk.context.words.t(asked, talk.locale, askedWith),
      locale: talk.locale,
      value,
      shown: inWords(shown, around(talk)),
    }));
