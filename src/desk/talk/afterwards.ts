import { type Id, shownLetters } from '../../domain/chance.ts';
import type { MyCase, PromiseKind } from '../../domain/decision.ts';
import { promiseKinds } from '../../domain/decision.ts';
import type { Filing } from '../../flow/effect.ts';
import { homeButton } from './home.ts';
import { inWordsOf } from './hours.ts';
import { invitationFor } from './invite.ts';
import { deedRows, showCase } from './mine.ts';
import { mayDo } from './own.ts';
import { change, say, type Talk } from './talk.ts';

const DAY_MS = 86_400_000;
/** "Not yet sure" is asked again after so many days, and so many times. */
const ASK_AGAIN_DAYS = 3;
const ASK_AGAIN_TIMES = 2;

/** Everything owed to a case is given up with it. */
const owedNoLonger = (talk: Talk, { file }: MyCase, kinds: readonly PromiseKind[] = promiseKinds): void =>
  change(talk, ...kinds.map((kind) => ({ do: 'keep', case: file.id, kind }) as const));

/** Says that it can't be done now, and shows where the case stands: an old button of a case that has moved on. */
export function notNow(talk: Talk, mine: MyCase): void {
  say(talk, { key: mine.guest ? 'mine:guest' : 'mine:not-now', case: mine.file.id });
  showCase(talk, mine);
}

/** "Solved": closed as confirmed, and the system's one invitation to rate. */
export function saySolved(talk: Talk, mine: MyCase): void {
  const { file } = mine;
  owedNoLonger(talk, mine);
  change(talk, {
    do: 'event',
    case: file.id,
    verb: 'closed',
    actor: { kind: 'resident' },
    patch: { status: 'closed', confirmation: 'confirmed', closedAt: talk.chance.now, dueAt: undefined, dueWhy: undefined },
    data: { confirmation: 'confirmed' },
  });
  const invitation = invitationFor(mine, talk.desk.catalogue.settings, talk.chance);
  const asks = (invitation?.sayings.length ?? 0) > 0;
  say(talk, { key: 'mine:solved', case: file.id, ...(!asks && { buttons: [[homeButton]] }) });
  if (invitation) {
    change(talk, ...invitation.changes);
    for (const saying of invitation.sayings) say(talk, saying);
  }
}

/** "Not yet sure": asked again in three days, twice; until then nothing closes by silence. */
export function sayUnsure(talk: Talk, mine: MyCase, value: string | undefined): void {
  const { file, openPromises } = mine;
  const waiting = openPromises.find(({ kind }) => kind === 'ask-again');
  if (waiting) {
    sayAskingAgain(talk, mine, waiting.dueAt);
    return;
  }
  const times = timesUnsure(mine, value) + 1;
  if (!(times <= ASK_AGAIN_TIMES)) {
    say(talk, { key: 'mine:unsure-enough', case: file.id, buttons: deedRows(talk, mine) });
    return;
  }
  const dueAt = talk.chance.now + ASK_AGAIN_DAYS * DAY_MS;
  owedNoLonger(talk, mine, ['reminder', 'closing']);
  change(
    talk,
    { do: 'event', case: file.id, verb: 'not-yet-sure', actor: { kind: 'resident' }, data: { times } },
    { do: 'promise', case: file.id, kind: 'ask-again', nth: roundOf(mine) + times, dueAt },
  );
  sayAskingAgain(talk, mine, dueAt);
}

/** Where the count of one answer's "not yet sure" begins: each answer has its own, told apart by how often the case came back. */
const roundOf = ({ file }: MyCase): number => 10 * (file.reopened + 1);

/** How often it was asked again since the last answer: on the button, or on the reminder that followed the last time. */
function timesUnsure(mine: MyCase, value: string | undefined): number {
  const nth = Number(value ?? mine.openPromises.find(({ kind }) => kind === 'reminder')?.nth ?? 0);
  return nth > roundOf(mine) ? nth - roundOf(mine) : 0;
}

const sayAskingAgain = (talk: Talk, { file }: MyCase, at: number): void =>
  say(talk, { key: 'mine:unsure', values: { date: inWordsOf(talk, at) }, case: file.id, buttons: [[homeButton]] });

/** "Take it back": only by the conversation that filed. */
export function withdrawCase(talk: Talk, mine: MyCase, filing: Extract<Filing, { as: 'withdrawal' }>, messages: readonly Id[]): void {
  const { file } = mine;
  if (!mayDo(talk, mine, 'withdraw')) {
    notNow(talk, mine);
    return;
  }
  owedNoLonger(talk, mine);
  change(
    talk,
    { do: 'fileMessages', case: file.id, messages },
    {
      do: 'event',
      case: file.id,
      verb: 'withdrawn',
      actor: { kind: 'resident' },
      patch: { status: 'withdrawn', dueAt: undefined, dueWhy: undefined },
      ...(filing.reason !== undefined && { reason: filing.reason }),
    },
  );
  say(talk, { key: 'mine:withdrawn', values: { reference: shownLetters(file.reference) }, case: file.id, buttons: [[homeButton]] });
}
