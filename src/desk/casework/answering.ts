import { calendarOf } from '../../domain/calendar.ts';
import { type Finding, type Outcome, openStatuses, type Sparing } from '../../domain/case.ts';
import { shownLetters } from '../../domain/chance.ts';
import type { CasePatch, Change, Decision } from '../../domain/decision.ts';
import { dueAt } from '../../domain/due.ts';
import type { Saying } from '../../domain/message.ts';
import type { Words } from '../../i18n.ts';
import { CLOSE_AFTER_MS, REMIND_AFTER_MS } from '../clock/silence.ts';
import { SILENCE_AT_MOST_MS } from '../filing.ts';
import { type Acting, dueWithout, happened, kept } from './acting.ts';
import { signed } from './signature.ts';

/** Words by a person to the resident: the first keeps the first answer, each keeps the silence short. */
export const reply =
  (text: string, words: Words) =>
  (act: Acting): Decision => ({
    changes: [
      happened(act, { ...owned(act), ...firstWords(act), ...dueWithout(act, 'first-answer') }),
      ...kept(act, 'first-answer'),
      ...heardFromUs(act),
      ...toldIfUnread(act),
    ],
    say: [byOfficer(act, text, words)],
  });

/** The answer with its outcome, and the question whether that solves it; the days of silence count from when it is sent. */
export const answer =
  (outcome: Outcome, text: string, words: Words) =>
  (act: Acting): Decision => {
    const { file, chance } = act;
    if (isCallOwed(act)) return { refuse: 'call-first' };
    return {
      changes: [
        happened(
          act,
          { ...owned(act), ...firstWords(act), outcome, answeredAt: chance.now, dueAt: undefined, dueWhy: undefined },
          { data: { outcome } },
        ),
        ...kept(act, 'first-answer', 'finish', 'call', 'reach-another-way'),
        ...heardFromUs(act),
        { do: 'promise', case: file.id, kind: 'reminder', nth: 0, dueAt: chance.now + REMIND_AFTER_MS },
        { do: 'promise', case: file.id, kind: 'closing', nth: 0, dueAt: chance.now + CLOSE_AFTER_MS },
        ...toldIfUnread(act),
      ],
      say: [byOfficer(act, text, words), isItSolved(act)],
    };
  };

/** Who gave their number with a low rating is called back without exception, before it is answered. */
const isCallOwed = ({ file, desk }: Acting): boolean =>
  file.kind === 'follow-up' && desk.promises.some(({ kind, keptAt }) => kind === 'call' && keptAt === undefined);

/** What was found of what a low rating says. */
export const verify =
  (finding: Finding, text: string) =>
  (act: Acting): Decision => ({ changes: [happened(act, { finding }, { reason: text, data: { finding } })], say: [] });

/** Its resident is not asked to rate: a child, somebody who was arrested, or in an emergency of health. How often is told in public. */
export const spare =
  (why: Sparing) =>
  (act: Acting): Decision => ({ changes: [happened(act, { spared: why }, { data: { why } })], say: [] });

/** A note for colleagues: no word of it reaches the resident, and the version stays. Writing down a call tried keeps what asked for it. */
export const note =
  (text: string) =>
  (act: Acting): Decision => ({
    changes: [
      happened(act, triedAnotherWay(act) ? dueWithout(act, 'call', 'reach-another-way') : {}, { quiet: true }),
      { do: 'note', case: act.file.id, officer: act.officer.id, text },
      ...kept(act, 'call', 'reach-another-way'),
    ],
    say: [],
  });

const triedAnotherWay = ({ desk }: Acting): boolean =>
  desk.promises.some(({ kind, keptAt }) => keptAt === undefined && (kind === 'call' || kind === 'reach-another-way'));

/** Nobody's case becomes the case of who writes to its resident. */
const owned = ({ file, officer }: Acting): CasePatch => (file.owner === undefined ? { owner: officer.id } : {});

const firstWords = ({ file, chance }: Acting): CasePatch => (file.firstAnsweredAt === undefined ? { firstAnsweredAt: chance.now } : {});

/** Four weeks of silence at most, counted from each of a person's words. */
const heardFromUs = ({ file, to, chance }: Acting): Change[] =>
  openStatuses.some((open) => open === to)
    ? [{ do: 'promise', case: file.id, kind: 'hear-from-us', nth: 0, dueAt: chance.now + SILENCE_AT_MOST_MS }]
    : [];

/** Two working days without anyone coming to the page to read: the owner is told. */
function toldIfUnread({ desk, file, chance }: Acting): Change[] {
  if (!desk.resident) return [];
  const { at } = dueAt(chance.now, 'P2D', calendarOf(desk.catalogue.settings), 'unread');
  return [{ do: 'promise', case: file.id, kind: 'unread', nth: 0, dueAt: at }];
}

const byOfficer = ({ desk, file, officer }: Acting, text: string, words: Words): Saying => ({
  key: 'casework:words',
  case: file.id,
  by: { officer: officer.id, signature: signed(officer, desk.catalogue, words, desk.resident?.locale ?? file.locale), text },
});

const isItSolved = ({ file }: Acting): Saying => ({
  key: 'casework:solved',
  values: { reference: shownLetters(file.reference) },
  case: file.id,
  buttons: [
    [{ label: { key: 'mine:does.solved' }, tap: { on: 'case', reference: file.reference, act: 'solved' }, style: 'primary' }],
    [
      { label: { key: 'mine:does.unsure' }, tap: { on: 'case', reference: file.reference, act: 'unsure', value: '0' } },
      { label: { key: 'mine:does.unsolved' }, tap: { on: 'case', reference: file.reference, act: 'unsolved' } },
    ],
  ],
});
