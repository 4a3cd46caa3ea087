import type { Account } from '../../wechat/account.ts';
import { type Death, dieAgainAndAgain } from '../deaths.ts';
import type { DeskProcess } from '../desk-process.ts';
import { Officer } from '../officer.ts';
import { points } from '../points.ts';
import { Filer } from './filer.ts';
import type { Watch } from './watch.ts';
import { Writer } from './writer.ts';

/** Every this many-th resident waits for nothing. */
const IMPATIENT = 4;
/** How often every connection to WeChat breaks at once, and its tokens become worthless. */
const CUT_EVERY_MS = 3_000;
const REVOKE_EVERY_MS = 7_000;
/** Nobody comes near what one resident may send in ten minutes. */
const AT_MOST = 36;
/** What goes by WeChat passes all of them but an officer's acts. */
export const passed = points.filter((point) => !point.startsWith('act.'));

/** What a storm left behind. */
export interface Storm {
  residents: readonly Filer[];
  officers: readonly Officer[];
  deaths: readonly Death[];
  /** Deaths that met messages which were not acknowledged. */
  cutOff: number;
}

type Session = ConstructorParameters<typeof Officer>[1];

/** Everyone files, and officers write to them, while the desk dies again and again; ends when all forms begun are filed. */
export async function storm(
  { account, desk, watch, sessions }: { account: Account; desk: DeskProcess; watch: Watch; sessions: readonly Session[] },
  { messages, people, deaths: wanted }: { messages: number; people: number; deaths: number },
): Promise<Storm> {
  let made = 0;
  let staying = true;
  let cutOff = 0;
  const residents = Array.from({ length: people }, (_, number) => {
    const writer = new Writer({
      account,
      watch,
      number,
      made() {
        made += 1;
      },
    });
    return new Filer(writer, number % IMPATIENT === 0);
  });
  const each = messages / people;
  let here = people;
  const officers = sessions.map((session) => new Officer(desk, session, () => undefined));
  const everyone = Promise.all(
    residents.map(async (resident) => {
      await resident.stay(({ count }) => count < each || (staying && count < AT_MOST));
      here -= 1;
      // Who has left reads no more: what officers write would only wait.
      if (!staying && here < people / 2) for (const officer of officers) officer.working = false;
    }),
  );
  const working = Promise.all(officers.map((officer) => officer.work()));
  // A failure of anyone ends the run at once, instead of at its time limit.
  let failure: unknown;
  for (const all of [everyone, working])
    all.catch((cause: unknown) => {
      failure = cause;
    });
  const cuts = setInterval(() => account.cutConnections(), CUT_EVERY_MS);
  const revocations = setInterval(() => account.revokeTokens(), REVOKE_EVERY_MS);
  const deaths = await dieAgainAndAgain(desk, {
    deaths: wanted,
    points: shuffled(passed).slice(0, Math.ceil(wanted * 0.75)),
    progress: () => made,
    expected: messages * 0.8,
    failure: () => failure,
    left: () => here === 0,
    died() {
      watch.look();
      if (made > watch.acknowledged.size) cutOff += 1;
    },
  }).finally(() => {
    staying = false;
    // From here on WeChat gives its files at once: one that was asked for at every start is asked for again only after minutes.
    clearInterval(cuts);
    clearInterval(revocations);
    account.faults = undefined;
  });
  await everyone.finally(() => {
    for (const officer of officers) officer.working = false;
  });
  await working;
  return { residents, officers, deaths, cutOff };
}

function shuffled<T>(items: readonly T[]): T[] {
  return items
    .map((item) => ({ item, place: Math.random() }))
    .sort((a, b) => a.place - b.place)
    .map(({ item }) => item);
}
