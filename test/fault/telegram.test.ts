import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { signIn } from '../desk-for-test.ts';
import { startBotApi } from '../telegram/bot-api.ts';
import type { Fault, FaultyCall } from '../telegram/faults.ts';
import { allCases } from './checker.ts';
import { DatabaseLook } from './database.ts';
import { startDeskProcess } from './desk-process.ts';
import { addOfficers, tiexin } from './operator.ts';
import { settled } from './settled.ts';
import { casesMixedUp } from './telegram/cases.ts';
import type { Complainer } from './telegram/complainer.ts';
import { judge, NO_THREAD } from './telegram/judge.ts';
import { passed, storm } from './telegram/storm.ts';
import { Watch } from './telegram/watch.ts';
import { readThreads } from './threads.ts';

/** TIEXIN_LONG=1: ten thousand updates of five hundred chats and twenty-four deaths, and a fifth of that by long polling. */
const long = process.env.TIEXIN_LONG === '1';
const SECRET = 'a-secret-of-the-webhook';

const storms = long
  ? [
      { via: 'webhook', updates: 10_000, chats: 500, deaths: 24 },
      { via: 'polling', updates: 2_000, chats: 100, deaths: 6 },
    ]
  : [
      { via: 'webhook', updates: 600, chats: 40, deaths: 5 },
      { via: 'polling', updates: 200, chats: 20, deaths: 2 },
    ];

test.each(storms)(
  '$updates updates of $chats chats by $via take effect once, are answered, in order and apart, however often the server dies ($deaths deaths)',
  async ({ via, updates, chats, deaths: wanted }) => {
    const dataDir = mkdtempSync(join(tmpdir(), 'tiexin-telegram-'));
    const accounts = await addOfficers(dataDir);
    const double = await startBotApi({
      deliver: { repeat: 0.05, lateMs: 3_000, cutRequest: 0.03, dropResponse: 0.03, tapsApart: false },
      seed: Date.now(),
    });
    double.faults = nowAndThen;
    const desk = await startDeskProcess(dataDir, (url) => ({
      TELEGRAM_BOT_TOKEN: double.token,
      TELEGRAM_API_ROOT: double.url,
      ...(via === 'webhook' && { PUBLIC_URL: url, TELEGRAM_WEBHOOK_SECRET: SECRET }),
    }));
    const watch = new Watch(double);
    const begun = Date.now();
    const { residents, made, deaths, cutOff } = await storm({ double, desk, watch }, { updates, chats, deaths: wanted });
    const database = new DatabaseLook(dataDir);
    await settled(double, database);
    const seconds = Math.round((Date.now() - begun) / 1000);

    const readers = await Promise.all(accounts.map(({ username, password }) => signIn(desk.url, username, password)));
    const cases = await allCases(desk.url, readers);
    expect(await desk.stop()).toBe(0);
    const audit = await tiexin(dataDir, 'audit', 'verify');
    const outboxed = database.outboxed();
    const states = database.states();
    const heard = database.inbounds();
    database.close();
    const phones = residents.map(({ chatter }) => String(chatter.phone.id));
    const { threads, health } = await readThreads(dataDir, { channel: 'telegram', bot: String(double.me.id) }, phones);
    const verdicts = residents.map(({ chatter }) =>
      judge(chatter, threads.get(String(chatter.phone.id)) ?? NO_THREAD, double.sent(chatter.phone.id), outboxed),
    );

    const problems = [...verdicts.flatMap((verdict) => verdict.problems), ...casesMixedUp(residents, cases)];
    const lost = residents.flatMap((resident) => resident.lost);
    const doubled = verdicts.flatMap((verdict) => verdict.doubled);
    const answers = total(verdicts, (verdict) => verdict.answers);
    const forms = total(residents, (resident) => resident.begun);
    const filed = total(residents, (resident) => resident.filed.length);
    const named = deaths.flatMap(({ at }) => (at === undefined ? [] : [at]));
    const { deliveries } = double;
    const count = (of: (resident: Complainer) => number) => total(residents, of);
    console.log(
      [
        `${via}: ${made} updates of ${chats} chats in ${seconds} s; deliveries ${deliveries.length}, repeats ${deliveries.filter(({ repeat }) => repeat).length}, without a 200 ${deliveries.filter(({ status }) => status !== 200).length}`,
        `deaths ${deaths.length}, with updates in flight ${cutOff}, at ${new Set(named).size} named points ${named.length}, at random ${deaths.length - named.length}`,
        `updates written ${heard}, answers ${answers} (${JSON.stringify(states)}), arrived ${total(verdicts, (verdict) => verdict.arrived)}`,
        `problems ${problems.length}, doubled ${doubled.length} (copies ${total(verdicts, (verdict) => verdict.copies)}), possibly repeated ${health.possiblyRepeated}, overtaken across a seal ${total(verdicts, (verdict) => verdict.overtaken)}`,
        `forms begun ${forms}, filed ${filed}, lost ${lost.length}, cases ${cases.length}; words added ${count(({ added }) => added.length)}, edited ${count(({ chatter }) => chatter.edits)}, pictures ${count(({ chatter }) => total(chatter.said, ({ pictures }) => pictures.length))}, waits in vain ${count(({ chatter }) => chatter.unanswered)}`,
        `audit: ${audit.trim().replaceAll('\n', '; ')}`,
      ].join('\n'),
    );

    expect({ problems, lost }).toEqual({ problems: [], lost: [] });
    expect(total(verdicts, (verdict) => verdict.overtaken)).toBe(0);
    expect(made).toBeGreaterThanOrEqual(updates);
    expect(heard).toBe(made);
    expect(states).toEqual({ sent: answers });
    expect(doubled.length).toBeLessThanOrEqual(health.possiblyRepeated);
    expect(filed).toBe(forms);
    expect(cases.length).toBe(filed);
    expect(deaths.length).toBe(wanted);
    expect(new Set(named).size).toBe(Math.min(passed.length, named.length));
    expect(cutOff).toBeGreaterThanOrEqual(Math.floor(wanted * 0.8));
    expect(audit).not.toMatch(/broken|missing|no outside head/);
    expect(audit).toMatch(/whole [1-9]/);
    watch.end();
    await double.close();
    await rm(dataDir, { recursive: true, force: true });
  },
  long ? 40 * 60_000 : 10 * 60_000,
);

/** A connection that is cut on the way out, before or after Telegram took what was said. */
function nowAndThen({ method }: FaultyCall): Fault | undefined {
  if (method === 'getUpdates' || Math.random() >= 0.01) return undefined;
  return { is: 'reset', accepted: Math.random() < 0.5 };
}

const total = <T>(items: readonly T[], of: (item: T) => number): number => items.reduce((sum, item) => sum + of(item), 0);
