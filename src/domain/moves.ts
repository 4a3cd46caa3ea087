import type { CaseFile, CaseStatus, CaseVerb } from './case.ts';
import type { Instant } from './chance.ts';

/** The officers' acts, as the API and the console name them. */
export const caseActs = [
  'accept',
  'refuse',
  'assign',
  'take',
  'hand-back',
  'reply',
  'note',
  'answer',
  'reopen',
  'close',
  'withdraw',
  'pass-to-inspection',
  'open-contact',
  'verify',
  'plan',
  'meet',
  'spare',
] as const;
export type CaseActName = (typeof caseActs)[number];

/** Everything that can be done with a case: officers' acts, those still without a screen, the resident's own words, the clock's. */
export type MoveName =
  | CaseActName
  | 'wait'
  | 'end-wait'
  | 'mediate'
  | 'end-mediation'
  | 'transfer'
  | 'merge'
  | 'add'
  | 'say-solved'
  | 'say-unsure'
  | 'say-unsolved';

/**
 * In what standing someone acts on a case. `officer`: of the station, where nobody owns it and it is free to take.
 * `reader`: whoever may see it. `inspector`: inspection, where the case is a complaint or sealed.
 */
export type Standing = 'owner' | 'officer' | 'lead' | 'inspector' | 'reader' | 'resident' | 'clock';

/** What else must be so. Where it is not, `only` says who may even then (but no one who is also `never`); nobody: it isn't allowed now. */
interface Limit {
  holds(file: CaseFile, now: Instant | undefined): boolean;
  only: readonly Standing[];
  never?: Standing;
}

export interface Move {
  act: MoveName;
  /** Which of several ways: an answer's outcome, a closing's confirmation. Absent: every other way. */
  as?: string;
  from: readonly CaseStatus[];
  /** The status after it; `stays`: the same as before. */
  to: CaseStatus | 'stays';
  by: readonly Standing[];
  verb: CaseVerb;
  /** Officers don't do it without saying why. */
  reason?: true;
  limits?: readonly Limit[];
}

const DAY = 86_400_000;
/** A closed case comes back within this many days. */
export const REOPEN_DAYS = 30;

const open = ['opened', 'in-progress', 'waiting', 'in-mediation', 'answered'] as const;
const atWork = ['in-progress', 'waiting', 'in-mediation'] as const;
const anywhere = [...open, 'not-accepted', 'merged', 'transferred', 'closed', 'withdrawn'] as const;

const handedBackOnce: Limit = { holds: (file) => file.handedBack === 0, only: [] };
const unsealed: Limit = { holds: (file) => !file.sealed, only: [] };
const noDomesticViolence: Limit = { holds: (file) => !file.domesticViolence, only: [] };
const aDispute: Limit = { holds: ({ kind }) => kind === 'dispute', only: [] };
const aFollowUp: Limit = { holds: ({ kind }) => kind === 'follow-up', only: [] };
/** What a low rating says is looked into before it is answered. */
const lookedInto: Limit = { holds: ({ kind, finding }) => kind !== 'follow-up' || finding !== undefined, only: [] };
const soonEnough: Limit = {
  holds: ({ status, closedAt }, now) => status !== 'closed' || now === undefined || now - (closedAt ?? 0) <= REOPEN_DAYS * DAY,
  only: [],
};
const twiceBefore: Limit = { holds: (file) => file.reopened < 2, only: ['lead', 'inspector'] };
/** A complaint is closed on someone's word only by another than who answered it. */
const anotherHand: Limit = { holds: ({ kind }) => kind !== 'complaint', only: ['lead', 'inspector'], never: 'owner' };

/** Who is not asked to rate is decided by another than would be rated. */
const notTheRated: Limit = { holds: () => false, only: ['lead', 'inspector'], never: 'owner' };

/**
 * PRODUCT, "Case life": the one table of allowed moves. Bot, API, console and command line all ask it.
 * One row an act and way; where several rows of an act fit, the first does.
 */
export const moves: readonly Move[] = [
  { act: 'accept', from: ['opened'], to: 'in-progress', by: ['officer', 'owner', 'lead', 'inspector'], verb: 'accepted' },
  {
    act: 'refuse',
    from: ['opened'],
    to: 'not-accepted',
    by: ['officer', 'owner', 'lead', 'inspector'],
    verb: 'not-accepted',
    reason: true,
  },
  { act: 'assign', from: ['opened'], to: 'in-progress', by: ['lead', 'inspector'], verb: 'assigned' },
  { act: 'assign', from: [...atWork, 'answered'], to: 'stays', by: ['lead', 'inspector'], verb: 'assigned' },
  { act: 'take', from: ['opened'], to: 'in-progress', by: ['officer', 'lead', 'inspector'], verb: 'taken' },
  { act: 'take', from: [...atWork, 'answered'], to: 'stays', by: ['officer', 'lead', 'inspector'], verb: 'taken' },
  { act: 'hand-back', from: atWork, to: 'opened', by: ['owner'], verb: 'handed-back', reason: true, limits: [handedBackOnce] },

  { act: 'reply', from: ['opened'], to: 'in-progress', by: ['owner', 'officer', 'lead', 'inspector'], verb: 'replied' },
  {
    act: 'reply',
    from: [...atWork, 'answered', 'closed', 'not-accepted', 'transferred'],
    to: 'stays',
    by: ['owner', 'officer', 'lead', 'inspector'],
    verb: 'replied',
  },
  { act: 'note', from: anywhere, to: 'stays', by: ['owner', 'officer', 'lead', 'inspector'], verb: 'noted' },
  { act: 'meet', from: open, to: 'stays', by: ['owner', 'officer', 'lead', 'inspector'], verb: 'met' },
  { act: 'open-contact', from: anywhere, to: 'stays', by: ['owner', 'lead', 'inspector'], verb: 'noted' },

  { act: 'wait', from: ['in-progress'], to: 'waiting', by: ['owner', 'lead', 'inspector'], verb: 'waiting-started', reason: true },
  { act: 'end-wait', from: ['waiting'], to: 'in-progress', by: ['owner', 'lead', 'inspector', 'resident', 'clock'], verb: 'waiting-ended' },
  {
    act: 'mediate',
    from: ['in-progress'],
    to: 'in-mediation',
    by: ['owner', 'lead'],
    verb: 'mediation-started',
    limits: [unsealed, aDispute, noDomesticViolence],
  },
  { act: 'end-mediation', from: ['in-mediation'], to: 'in-progress', by: ['owner', 'lead', 'resident'], verb: 'mediation-ended' },
  { act: 'transfer', from: ['in-progress'], to: 'transferred', by: ['owner', 'lead', 'inspector'], verb: 'transferred', reason: true },
  {
    act: 'merge',
    from: ['opened'],
    to: 'merged',
    by: ['owner', 'officer', 'lead', 'inspector'],
    verb: 'merged',
    reason: true,
  },

  {
    act: 'verify',
    from: atWork,
    to: 'stays',
    by: ['owner', 'lead', 'inspector'],
    verb: 'verified',
    reason: true,
    limits: [aFollowUp],
  },
  { act: 'plan', from: atWork, to: 'stays', by: ['owner', 'lead', 'inspector'], verb: 'planned', limits: [aFollowUp, lookedInto] },
  { act: 'spare', from: open, to: 'stays', by: ['lead', 'inspector'], verb: 'spared', limits: [notTheRated] },
  {
    act: 'answer',
    as: 'unresolved',
    from: ['opened', ...atWork],
    to: 'answered',
    by: ['lead', 'inspector'],
    verb: 'answered',
    limits: [lookedInto],
  },
  {
    act: 'answer',
    from: ['opened', ...atWork],
    to: 'answered',
    by: ['owner', 'officer', 'lead', 'inspector'],
    verb: 'answered',
    limits: [lookedInto],
  },
  { act: 'say-solved', from: ['answered'], to: 'closed', by: ['resident'], verb: 'closed' },
  { act: 'say-unsure', from: ['answered'], to: 'stays', by: ['resident'], verb: 'not-yet-sure' },
  {
    act: 'say-unsolved',
    from: ['answered', 'closed'],
    to: 'in-progress',
    by: ['resident'],
    verb: 'said-not-solved',
    limits: [soonEnough],
  },
  {
    act: 'reopen',
    from: ['answered', 'closed'],
    to: 'in-progress',
    by: ['owner', 'lead', 'inspector'],
    verb: 'reopened',
    reason: true,
    limits: [soonEnough, twiceBefore],
  },
  { act: 'close', as: 'not-confirmed', from: ['answered'], to: 'closed', by: ['clock'], verb: 'closed' },
  { act: 'close', as: 'not-reached', from: ['answered'], to: 'closed', by: ['lead', 'inspector'], verb: 'closed', reason: true },
  {
    act: 'close',
    as: 'confirmed',
    from: ['answered'],
    to: 'closed',
    by: ['owner', 'lead', 'inspector'],
    verb: 'closed',
    reason: true,
    limits: [anotherHand],
  },

  { act: 'add', from: anywhere, to: 'stays', by: ['resident'], verb: 'message-added' },
  {
    act: 'withdraw',
    from: open,
    to: 'withdrawn',
    by: ['resident', 'owner', 'officer', 'lead', 'inspector'],
    verb: 'withdrawn',
    reason: true,
  },
  {
    act: 'pass-to-inspection',
    from: [...open, 'closed', 'not-accepted'],
    to: 'opened',
    by: ['reader'],
    verb: 'passed-to-inspection',
    reason: true,
    limits: [unsealed],
  },
  {
    act: 'pass-to-inspection',
    from: ['merged', 'transferred', 'withdrawn'],
    to: 'stays',
    by: ['reader'],
    verb: 'passed-to-inspection',
    reason: true,
    limits: [unsealed],
  },
];

/** What is asked of the table. `as` absent: any way will do. `now` absent: limits of time are left to the act itself. */
export interface Asked {
  act: MoveName;
  as?: string;
  by: readonly Standing[];
  now?: Instant;
}
export type Verdict = { move: Move; to: CaseStatus } | { not: 'not-allowed-now' } | { not: 'not-your-step'; only: readonly Standing[] };

/** The move of the table that fits, or why none does: nobody could now, or somebody else. */
export function judge(file: CaseFile, asked: Asked): Verdict {
  const rows = moves.filter(({ act, as, from }) => act === asked.act && from.includes(file.status) && fits(as, asked));
  const judged = rows.map((move) => judgeRow(move, file, asked));
  return judged.find((verdict) => 'move' in verdict) ?? judged.find((verdict) => 'only' in verdict) ?? { not: 'not-allowed-now' };
}

function fits(as: string | undefined, asked: Asked): boolean {
  if (asked.as === undefined || as === asked.as) return true;
  // The unnamed row of an act is for every way that has no row of its own.
  return as === undefined && !moves.some((move) => move.act === asked.act && move.as === asked.as);
}

function judgeRow(move: Move, file: CaseFile, { by, now }: Asked): Verdict {
  const broken = (move.limits ?? []).filter((limit) => !limit.holds(file, now));
  const able = broken.reduce<readonly Standing[]>((left, limit) => left.filter((who) => limit.only.includes(who)), move.by);
  if (able.length === 0) return { not: 'not-allowed-now' };
  const barred = broken.some(({ never }) => never !== undefined && by.includes(never));
  if (barred || !able.some((who) => by.includes(who))) return { not: 'not-your-step', only: able };
  return { move, to: move.to === 'stays' ? file.status : move.to };
}
