import { calendarOf } from '../../domain/calendar.ts';
import type { Answered } from '../../domain/case.ts';
import { shownLetters } from '../../domain/chance.ts';
import type { Intake } from '../../domain/conversation.ts';
import { dueAt } from '../../domain/due.ts';
import type { Invitation, RatingGiven } from '../../domain/rating.ts';
import type { Filing } from '../../flow/effect.ts';
import { listed } from '../../flow/wording.ts';
import { openingOf } from '../filing.ts';
import { sayFiled, threadOf } from './filed.ts';
import { homeButton } from './home.ts';
import { usableInvitation } from './invitation.ts';
import { around, change, remember, say, type Talk } from './talk.ts';

type Wish = Extract<Filing, { as: 'follow-up' }>;

/**
 * Whether a rating is low enough that somebody looks into it. Not what came of a case that was followed up already:
 * that case is simply taken up again. Nor one by a code, which is about no case.
 */
export const asksFollowUp = ({ source, followed }: Invitation, { level }: Pick<RatingGiven, 'level'>): boolean =>
  level <= 2 && (source === 'invited' || source === 'met') && !followed;

/**
 * A low rating becomes a case, if its resident wants: for another than was rated, who is kept out of it; for inspection where rules were
 * broken. It says which case and what was missing, not the level: what was rated stays nobody's.
 */
export function takeFollowUp(talk: Talk, { invitation: id, wanted, contact, words }: Wish, intake: Intake): void {
  const invitation = usableInvitation(talk, id);
  if (!invitation?.given || !asksFollowUp(invitation, invitation.given)) {
    say(talk, { key: 'desk:follow-up.not-now', buttons: [[homeButton]] });
    return;
  }
  if (!wanted) {
    say(talk, { key: 'desk:follow-up.no', buttons: [[homeButton]] });
    return;
  }
  const { given, unit, officer, topic, sealed } = invitation;
  const { catalogue } = talk.desk;
  const answers = answersOf(talk, invitation, given, words);
  const opening = openingOf(
    {
      kind: 'follow-up',
      unit,
      ...(officer && { keptFrom: [officer.id], named: officer.publicName }),
      ...(topic !== undefined && { topic }),
      ...(contact && { contact }),
      details: words ?? given.comment ?? answers.at(-1)?.shown ?? '',
      seal: sealed || given.reasons.includes('rules-broken'),
      answers,
      locale: talk.locale,
      actor: { kind: 'resident' },
      messages: threadOf(intake),
      formTurns: intake.messages,
    },
    { catalogue, chance: talk.chance },
  );
  const { file } = opening;
  change(talk, ...opening.changes, { do: 'followUp', invitation: id });
  if (contact) {
    const call = dueAt(talk.chance.now, 'P1D', calendarOf(catalogue.settings), 'call');
    change(talk, { do: 'promise', case: file.id, kind: 'call', nth: 0, dueAt: call.at, why: call.why });
  }
  remember(talk, { finished: { intake: intake.id, reference: file.reference } });
  sayFiled(talk, opening, file.sealed ? 'desk:filed.sealed' : `desk:filed.follow-up-${contact ? 'call' : 'here'}`);
}

/** What it is about, what was missing, and what was said of it. */
function answersOf(
  talk: Talk,
  { reference }: Pick<Invitation, 'reference'>,
  { reasons, comment }: RatingGiven,
  words: string | undefined,
): Answered[] {
  const wording = talk.context.words;
  const { locale } = talk;
  const list = listed(
    reasons.map((reason) => wording.t(`rate:missed.option.${reason}`, locale)),
    around(talk),
  );
  const line = (step: string, asked: string, value: string): Answered[] =>
    value === '' ? [] : [{ step, asked: wording.t(asked, locale), locale, value, shown: value }];
  return [
    ...line('case', 'follow-up:case.line', reference === undefined ? '' : shownLetters(reference)),
    ...line('missed', 'rate:missed.line', list),
    ...line('comment', 'rate:comment.line', comment ?? ''),
    ...line('words', 'follow-up:words.line', words ?? ''),
  ];
}
