import type { BotApi } from '../../telegram/bot-api.ts';
import { type Death, dieAgainAndAgain } from '../deaths.ts';
import type { DeskProcess } from '../desk-process.ts';
import { points } from '../points.ts';
import { Chatter } from './chatter.ts';
import { Complainer } from './complainer.ts';
import type { Watch } from './watch.ts';

/** Every this many-th resident waits for nothing. */
const IMPATIENT = 4;
/** How often every connection to Telegram breaks at once. */
const CUT_EVERY_MS = 3_000;
/** What goes by Telegram passes all of them but an officer's acts. */
export const passed = points.filter((point) => !point.startsWith('act.'));

/** What a storm left behind. */
export interface Storm {
  residents: readonly Complainer[];
  /** Updates made. */
  made: number;
  deaths: readonly Death[];
  /** Deaths that met updates which were not acknowledged. */
  cutOff: number;
}

/** Everyone files at once while the desk dies again and again; ends when all forms begun are filed. */
export async function storm(
  { double, desk, watch }: { double: BotApi; desk: DeskProcess; watch: Watch },
  { updates, chats, deaths: wanted }: { updates: number; chats: number; deaths: number },
): Promise<Storm> {
  let made = 0;
  let staying = true;
  let cutOff = 0;
  const residents = Array.from({ length: chats }, (_, number) => {
    const chatter = new Chatter({
      double,
      watch,
      number,
      made(count) {
        made += count;
      },
    });
    return new Complainer(chatter, number % IMPATIENT === 0);
  });
  const each = updates / chats;
  const everyone = Promise.all(residents.map((resident) => resident.stay(({ count }) => count < each || staying)));
  // A failure of anyone ends the run at once, instead of at its time limit.
  let failure: unknown;
  everyone.catch((cause: unknown) => {
    failure = cause;
  });
  const cuts = setInterval(() => double.cutConnections(), CUT_EVERY_MS);
  const deaths = await dieAgainAndAgain(desk, {
    deaths: wanted,
    points: shuffled(passed).slice(0, Math.ceil(wanted * 0.75)),
    progress: () => made,
    expected: updates * 0.8,
    failure: () => failure,
    died() {
      if (double.unacknowledged().length > 0) cutOff += 1;
    },
  }).finally(() => {
    staying = false;
  });
  await everyone.finally(() => clearInterval(cuts));
  return { residents, made, deaths, cutOff };
}

function shuffled<T>(items: readonly T[]): T[] {
  return items
    .map((item) => ({ item, place: Math.random() }))
    .sort((a, b) => a.place - b.place)
    .map(({ item }) => item);
}
