import { calendarOf, dateAt } from '../../domain/calendar.ts';
import { type Finding, type Outcome, openStatuses, type Sparing } from '../../domain/case.ts';
import { shownLetters } from '../../domain/chance.ts';
import type { CasePatch, Change, Decision } from '../../domain/decision.ts';
import { dueAt } from '../../domain/due.ts';
import type { Saying } from '../../domain/message.ts';
import type { Words } from '../../i18n.ts';
import { CLOSE_AFTER_MS, REMIND_AFTER_MS } from '../clock/silence.ts';
import { SILENCE_AT_MOST_MS } from '../filing.ts';
import { isNobodys } from '../nobodys.ts';
import { day } from '../talk/when.ts';
import { type Acting, dueWithout, happened, kept, triedAnotherWay } from './acting.ts';
import { signed } from './signature.ts';

/** Words by a person to the resident: the first keeps the first answer, each keeps the silence short. */
export const reply =
  (text: string, words: Words) =>
  (act: Acting): Decision => {
    if (isNobodys(act)) return { refuse: 'not-allowed-now' };
    return {
      changes: [
        happened(act, { ...owned(act), ...firstWords(act), ...dueWithout(act, 'first-answer') }),
        ...kept(act, 'first-answer'),
        ...heardFromUs(act),
        ...toldIfUnread(act),
      ],
      say: [byOfficer(act, text, words)],
    };
  };

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
          { data: { outcome }, ...writtenDown(act, text) },
        ),
        ...kept(act, 'first-answer', 'finish', 'planned', 'call', 'reach-another-way'),
        ...heardFromUs(act),
        { do: 'promise', case: file.id, kind: 'reminder', nth: 0, dueAt: chance.now + REMIND_AFTER_MS },
        { do: 'promise', case: file.id, kind: 'closing', nth: 0, dueAt: chance.now + CLOSE_AFTER_MS },
        ...toldIfUnread(act),
      ],
      say: isNobodys(act) ? [] : [byOfficer(act, text, words), isItSolved(act)],
    };
  };

/** Working days a plan may take at most. */
const PLAN_AT_MOST = 60;

/**
 * What will be put right, by a working day (`2026-12-04`): told to the resident, and owed from now on. What was promised before
 * stays as it was, kept or broken.
 */
export const plan =
  (until: string, text: string, words: Words) =>
  (act: Acting): Decision => {
    const { file, desk } = act;
    const due = workingDayBy(act, until);
    if (!due) return { refuse: 'invalid', detail: { pointer: '/until' } };
    const other = dueWithout(act, 'first-answer', 'planned');
    const next = other.dueAt !== undefined && other.dueAt <= due.at ? other : { dueAt: due.at, dueWhy: due.why };
    const nth = desk.promises.filter(({ kind }) => kind === 'planned').length;
    return {
      changes: [
        happened(act, { ...owned(act), ...firstWords(act), ...next }, { data: { until }, ...writtenDown(act, text) }),
        ...kept(act, 'first-answer', 'planned'),
        { do: 'promise', case: file.id, kind: 'planned', nth, dueAt: due.at, why: due.why },
        ...heardFromUs(act),
        ...toldIfUnread(act),
      ],
      say: isNobodys(act) ? [] : [byOfficer(act, text, words), byThen(act, due.at)],
    };
  };

/** The end of work on that date, as a target counted from today; undefined: no working day, not after today, or too far off. */
function workingDayBy({ desk, chance }: Acting, until: string): ReturnType<typeof dueAt> | undefined {
  const calendar = calendarOf(desk.catalogue.settings);
  for (let days = 1; days <= PLAN_AT_MOST; days += 1) {
    const due = dueAt(chance.now, `P${days}D`, calendar, 'planned');
    const date = dateAt(calendar, due.at);
    if (date >= until) return date === until ? due : undefined;
  }
  return undefined;
}

/** What nobody is there to be told stands in the record alone. */
const writtenDown = (act: Acting, text: string): { reason?: string } => (isNobodys(act) ? { reason: text } : {});

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

const byThen = ({ desk, file }: Acting, at: number): Saying => {
  const locale = desk.resident?.locale ?? file.locale;
  const date = day(at, locale, desk.catalogue.settings.zone);
  const show = { label: { key: 'mine:does.show' }, tap: { on: 'case', reference: file.reference, act: 'show' } } as const;
  return { key: 'casework:planned', values: { reference: shownLetters(file.reference), date }, case: file.id, buttons: [[show]] };
};

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
