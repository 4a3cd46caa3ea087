import { calendarOf } from '../../domain/calendar.ts';
import { shownLetters } from '../../domain/chance.ts';
import { type CaseDesk, type Change, type Decision, type PromiseKind, type PromiseRow, promiseKinds } from '../../domain/decision.ts';
import { dueAt } from '../../domain/due.ts';
import type { Saying } from '../../domain/message.ts';
import { isNobodys } from '../nobodys.ts';
import { invitationFor } from '../talk/invite.ts';
import { nothingToDo, type Owed } from './owed.ts';

const DAY_MS = 86_400_000;
/** Silence: reminded after so many days, closed after so many, both from the moment the answer was sent. */
export const REMIND_AFTER_MS = 3 * DAY_MS;
export const CLOSE_AFTER_MS = 7 * DAY_MS;
/** How long to wait before looking again whether an answer has arrived. */
const LOOK_AGAIN_MS = DAY_MS;

/** Day 3 of silence: asks once more whether it is solved, if the answer was sent; what was not sent is nobody's silence. */
export function remind(owed: Owed): Decision {
  const { file, desk, chance, promise } = owed;
  if (file.status !== 'answered' || isNobodys(owed)) return nothingToDo;
  const arrived = arrival(desk.lastAnswer);
  if (arrived === 'failed') return { changes: reachAnotherWay(owed), say: [] };
  if (typeof arrived === 'string') return later(owed, chance.now + LOOK_AGAIN_MS);
  if (chance.now < arrived + REMIND_AFTER_MS) return later(owed, arrived + REMIND_AFTER_MS);
  return {
    changes: [
      { do: 'event', case: file.id, verb: 'reminded', actor: { kind: 'clock' }, quiet: true },
      { do: 'keep', case: file.id, kind: 'reminder', nth: promise.nth },
    ],
    say: [isItSolved('clock:reminder', owed, promise.nth)],
  };
}

/** Day 7 of silence: closed as not confirmed, but only where the answer and the reminder were sent, and a complaint only after a call was tried. */
export function closeInSilence(owed: Owed): Decision {
  const { file, desk, chance } = owed;
  if (file.status !== 'answered') return nothingToDo;
  if (isNobodys(owed)) return { changes: closedUnconfirmed(owed), say: [] };
  const [answer, reminder] = [arrival(desk.lastAnswer), arrival(desk.reminder)];
  if (answer === 'failed' || reminder === 'failed') return { changes: reachAnotherWay(owed), say: [] };
  if (typeof answer === 'string' || typeof reminder === 'string')
    return answer === 'unread' || reminder === 'unread' ? unreadSoFar(owed) : later(owed, chance.now + LOOK_AGAIN_MS);
  // Counted from the reminder too: a clock that stood still for days does not shorten the time to answer it.
  const closesAt = Math.max(answer + CLOSE_AFTER_MS, reminder + CLOSE_AFTER_MS - REMIND_AFTER_MS);
  if (chance.now < closesAt) return later(owed, closesAt);
  if (file.kind === 'complaint' && !taskOf(owed, 'call')?.keptAt) return callFirst(owed);
  const invitation = desk.invited ? undefined : invitationFor({ ...desk, file, invited: false }, desk.catalogue.settings, chance);
  return {
    changes: [...closedUnconfirmed(owed), ...(invitation?.changes ?? [])],
    say: [
      {
        key: 'clock:closed',
        values: { reference: shownLetters(file.reference) },
        case: file.id,
        buttons: [[unsolvedButton(file.reference)]],
      },
      ...(invitation?.sayings ?? []),
    ],
  };
}

const closedUnconfirmed = ({ file, chance }: Owed): Change[] => [
  {
    do: 'event',
    case: file.id,
    verb: 'closed',
    actor: { kind: 'clock' },
    patch: { status: 'closed', confirmation: 'not-confirmed', closedAt: chance.now, dueAt: undefined, dueWhy: undefined },
    data: { confirmation: 'not-confirmed' },
  },
  ...promiseKinds.map((kind): Change => ({ do: 'keep', case: file.id, kind })),
];

/** Three days after "not yet sure": asks again, and from then on silence counts again. */
export function askAgain(owed: Owed): Decision {
  const { file, chance, promise } = owed;
  if (file.status !== 'answered') return nothingToDo;
  return {
    changes: [
      { do: 'event', case: file.id, verb: 'reminded', actor: { kind: 'clock' }, quiet: true },
      { do: 'keep', case: file.id, kind: 'ask-again', nth: promise.nth },
      { do: 'promise', case: file.id, kind: 'reminder', nth: promise.nth, dueAt: chance.now + REMIND_AFTER_MS },
      { do: 'promise', case: file.id, kind: 'closing', nth: promise.nth, dueAt: chance.now + CLOSE_AFTER_MS },
    ],
    say: [isItSolved('clock:ask-again', owed, promise.nth)],
  };
}

/** When the resident had it; or that it is on its way, waits for somebody to open the page, or can't get there. */
function arrival(said: CaseDesk['lastAnswer'] | CaseDesk['reminder']): number | 'on-its-way' | 'unread' | 'failed' {
  if (!said) return 'on-its-way';
  if (said.state === 'sent') return said.sentAt ?? 'on-its-way';
  if (said.state === 'waiting') return 'unread';
  return said.state === 'failed' || said.state === 'blocked' || said.state === 'held' ? 'failed' : 'on-its-way';
}

const later = ({ file, promise }: Owed, dueAt: number): Decision => ({
  changes: [{ do: 'promise', case: file.id, kind: promise.kind, nth: promise.nth, dueAt }],
  say: [],
});

/** The owner gets a task, due in a working day; only a lead may then close, as not reached. The silence no longer counts. */
const reachAnotherWay = (owed: Owed): Change[] => [
  ...task(owed, 'reach-another-way'),
  { do: 'keep', case: owed.file.id, kind: 'reminder' },
  { do: 'keep', case: owed.file.id, kind: 'closing' },
];

/** Nobody has opened the page: the owner is to try another way, and the silence begins once it is read after all. */
function unreadSoFar(owed: Owed): Decision {
  const again = {
    do: 'promise',
    case: owed.file.id,
    kind: 'closing',
    nth: owed.promise.nth,
    dueAt: owed.chance.now + LOOK_AGAIN_MS,
  } as const;
  const asked = taskOf(owed, 'reach-another-way');
  return { changes: [...(asked ? [] : task(owed, 'reach-another-way')), again], say: [] };
}

/** A complaint isn't closed on silence before somebody has tried to call. */
function callFirst(owed: Owed): Decision {
  const owing = taskOf(owed, 'call');
  const again = later(owed, owed.chance.now + LOOK_AGAIN_MS);
  return 'changes' in again && !owing ? { ...again, changes: [...task(owed, 'call'), ...again.changes] } : again;
}

/** The task this answer gave rise to; what an earlier one did is over with it. */
const taskOf = ({ file, desk }: Owed, of: Task): PromiseRow | undefined =>
  desk.promises.find(({ kind, nth }) => kind === of && nth === file.reopened);

type Task = Extract<PromiseKind, 'call' | 'reach-another-way'>;

function task({ file, desk, chance }: Owed, kind: Task): Change[] {
  const { at, why } = dueAt(chance.now, 'P1D', calendarOf(desk.catalogue.settings), kind);
  return [
    { do: 'promise', case: file.id, kind, nth: file.reopened, dueAt: at, why },
    {
      do: 'event',
      case: file.id,
      verb: kind === 'call' ? 'call-owed' : 'undelivered',
      actor: { kind: 'clock' },
      patch: { dueAt: at, dueWhy: why },
      quiet: true,
    },
  ];
}

/** "Not solved after all": takes a closed case back up with one tap. */
export const unsolvedButton = (reference: string) =>
  ({ label: { key: 'mine:does.unsolved-after-all' }, tap: { on: 'case', reference, act: 'unsolved' } }) as const;

/** "Is it solved?" with its three answers. */
const isItSolved = (key: string, { file, desk }: Owed, nth: number): Saying => ({
  key,
  values: { reference: shownLetters(file.reference), what: desk.content?.summary ?? '' },
  case: file.id,
  buttons: [
    [{ label: { key: 'mine:does.solved' }, tap: { on: 'case', reference: file.reference, act: 'solved' }, style: 'primary' }],
    [
      { label: { key: 'mine:does.unsure' }, tap: { on: 'case', reference: file.reference, act: 'unsure', value: String(nth) } },
      { label: { key: 'mine:does.unsolved' }, tap: { on: 'case', reference: file.reference, act: 'unsolved' } },
    ],
  ],
});
