import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { CaseView } from '../../src/http/views/case.ts';
import { type DeskForTest, startForTest } from '../desk-for-test.ts';
import { type BotApi, startBotApi } from '../telegram/bot-api.ts';
import type { Call } from '../telegram/log.ts';
import { DatabaseLook } from './database.ts';
import { settled } from './settled.ts';
import { Chatter } from './telegram/chatter.ts';
import { Complainer } from './telegram/complainer.ts';
import { Faults } from './telegram/faults.ts';
import { judge, NO_THREAD } from './telegram/judge.ts';
import { Watch } from './telegram/watch.ts';
import { readThreads } from './threads.ts';

const CHATS = 40;
const UPDATES_EACH = 6;
/** Those who can't be reached for a while: every second of them without Telegram saying so. */
const GONE_FOR_A_WHILE = 8;

type Officer = Awaited<ReturnType<DeskForTest['signIn']>>;

test('whatever goes wrong on the way out, nothing is lost, and only what may have arrived comes twice', { timeout: 400_000 }, async () => {
  const double = await startBotApi({ deliver: { tapsApart: false } });
  const desk = await startForTest({ env: { TELEGRAM_BOT_TOKEN: double.token, TELEGRAM_API_ROOT: double.url } });
  await desk.addOfficer('lin', 'lead', 'station');
  await desk.addOfficer('du', 'inspector', 'inspection');
  const officer = await desk.signIn('lin');
  const watch = new Watch(double);
  const faults = new Faults();
  double.faults = (call) => faults.next(call);
  const residents = Array.from(
    { length: CHATS },
    (_, number) => new Complainer(new Chatter({ double, watch, number, made: () => undefined }), number % 4 === 0),
  );
  const begun = Date.now();
  await Promise.all(
    residents.map(async (resident, number) => {
      await resident.stay(({ count }) => count < UPDATES_EACH);
      if (number < GONE_FOR_A_WHILE) await isGoneForAWhile(resident, { double, officer, faults: number % 2 === 0 ? undefined : faults });
    }),
  );
  faults.over = true;
  const database = new DatabaseLook(desk.dataDir);
  await settled(double, database);
  const took = Date.now() - begun;
  const outboxed = database.outboxed();
  const states = database.states();
  database.close();
  await desk.stop();

  const bot = String(double.me.id);
  const chats = residents.map(({ chatter }) => String(chatter.phone.id));
  const { threads, health } = await readThreads(desk.dataDir, { channel: 'telegram', bot }, chats);
  const verdicts = residents.map(({ chatter }) =>
    judge(chatter, threads.get(String(chatter.phone.id)) ?? NO_THREAD, double.sent(chatter.phone.id), outboxed),
  );
  const problems = verdicts.flatMap((verdict) => verdict.problems);
  const doubled = verdicts.flatMap((verdict) => verdict.doubled);
  const copies = verdicts.reduce((all, verdict) => all + verdict.copies, 0);
  const arrivedAllTheSame = verdicts.reduce((all, verdict) => all + verdict.arrivedAllTheSame, 0);
  const sends = double.calls.filter(({ method }) => method === 'sendMessage');
  const lostAnswers = sends.filter(({ fault, tookEffect }) => fault !== undefined && tookEffect);
  const unclear = sends.filter(isUnclear);
  console.log(
    [
      `${sends.length} sends in ${Math.round(took / 1000)} s, ${double.sent().length} arrived; faults ${JSON.stringify(tallied(sends))}`,
      `answers ${JSON.stringify(states)}, problems ${problems.length}`,
      `answers lost on the way back ${lostAnswers.length}, copies ${copies} of ${doubled.length} messages, told as blocked and arrived all the same ${arrivedAllTheSame}; outcome unclear ${unclear.length}, possibly repeated ${health.possiblyRepeated}`,
    ].join('\n'),
  );

  expect({ problems, lost: residents.flatMap(({ lost }) => lost) }).toEqual({ problems: [], lost: [] });
  expect(sends.length).toBeGreaterThanOrEqual(300);
  expect(Object.keys(tallied(sends)).sort()).toEqual([
    '403',
    '429',
    '500',
    '502',
    '502 accepted',
    'reset',
    'reset accepted',
    'timeout',
    'timeout accepted',
  ]);
  expect(Object.keys(states).sort()).toEqual(['blocked', 'sent']);
  expect(copies + arrivedAllTheSame).toBe(lostAnswers.length);
  expect(doubled.length).toBeLessThanOrEqual(health.possiblyRepeated);
  expect(health.possiblyRepeated).toBeLessThanOrEqual(unclear.length);
  watch.end();
  await desk.end();
  await double.close();
});

/**
 * Somebody blocks the bot, and comes back. An officer's words wait for them meanwhile, told as blocked, and then go.
 * With `faults`, Telegram says nothing until the bot tries, and the bot's own answer is told as blocked, too.
 */
async function isGoneForAWhile(
  resident: Complainer,
  { double, officer, faults }: { double: BotApi; officer: Officer; faults: Faults | undefined },
): Promise<void> {
  const { chatter } = resident;
  const { phone } = chatter;
  const found = await caseToAnswer(officer, resident);
  const refusals = () => double.calls.filter(({ chatId, answered }) => chatId === phone.id && answered === 403).length;
  if (faults) {
    faults.gone.add(phone.id);
    chatter.start();
    await double.until(() => refusals() > 0, 60_000);
  } else {
    const { update_id } = phone.block();
    await double.until(() => !double.unacknowledged().includes(update_id), 60_000);
  }

  const words = `${randomUUID()} 我今晚十点去看`;
  const tried = await officer.ask(
    'POST',
    `/cases/${found.reference}/replies`,
    { text: words },
    { 'if-match': `"${found.version}"`, 'idempotency-key': randomUUID() },
  );
  expect(tried.status).toBe(201);
  const told = await eventually(
    () => asOfficerSeesIt(officer, found.reference, words),
    ({ state }) => state === 'blocked',
  );
  expect(told).toEqual({ state: 'blocked', reachable: false });
  expect(double.sent(phone.id).filter(({ text }) => text.includes(words))).toEqual([]);

  if (faults) {
    faults.gone.delete(phone.id);
    await chatter.answered(() => chatter.start());
  } else phone.unblock();
  await double.until(() => double.sent(phone.id).some(({ text }) => text.includes(words)), 120_000);
  const after = await eventually(
    () => asOfficerSeesIt(officer, found.reference, words),
    ({ state }) => state === 'sent',
  );
  expect(after).toEqual({ state: 'sent', reachable: true });
}

/** One of what they filed that this officer may answer; since a sealed one is not, they file until there is one. */
async function caseToAnswer(officer: Officer, resident: Complainer): Promise<CaseView> {
  for (;;) {
    for (const reference of resident.filed) {
      const { status, body } = await officer.ask('GET', `/cases/${reference}`);
      if (status === 200 && body.may.includes('reply')) return body as CaseView;
    }
    const before = resident.filed.length;
    await resident.stay(() => resident.filed.length === before);
  }
}

async function asOfficerSeesIt(officer: Officer, reference: string, words: string) {
  const { body } = await officer.ask('GET', `/cases/${reference}`);
  const { messages, resident } = body as CaseView;
  return { state: messages.find(({ text }) => text === words)?.delivery?.state, reachable: resident.reachable };
}

async function eventually<T>(look: () => Promise<T>, holds: (seen: T) => boolean, withinMs = 90_000): Promise<T> {
  const end = Date.now() + withinMs;
  for (;;) {
    const seen = await look();
    if (holds(seen) || Date.now() > end) return seen;
    await sleep(50);
  }
}

/** Whoever made the call can't know whether it took effect. */
const isUnclear = ({ fault }: Call): boolean => fault?.is === '502' || fault?.is === 'reset' || fault?.is === 'timeout';

function tallied(calls: readonly Call[]): Record<string, number> {
  const tally: Record<string, number> = {};
  for (const { fault, answered } of calls) {
    const kind = fault ? `${fault.is}${'accepted' in fault && fault.accepted ? ' accepted' : ''}` : answered === 403 ? '403' : undefined;
    if (kind !== undefined) tally[kind] = (tally[kind] ?? 0) + 1;
  }
  return tally;
}
