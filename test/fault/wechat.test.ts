import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { signIn } from '../desk-for-test.ts';
import { startWechat } from '../wechat/account.ts';
import type { Fault, FaultyCall } from '../wechat/faults.ts';
import { allCases } from './checker.ts';
import { DatabaseLook } from './database.ts';
import { startDeskProcess } from './desk-process.ts';
import { addOfficers, tiexin } from './operator.ts';
import { settled } from './settled.ts';
import { readThreads } from './threads.ts';
import { casesMixedUp } from './wechat/cases.ts';
import type { Filer } from './wechat/filer.ts';
import { writeBeyondTheWindow } from './wechat/flood.ts';
import { judge, NO_THREAD } from './wechat/judge.ts';
import { passed, storm } from './wechat/storm.ts';
import { Watch } from './wechat/watch.ts';

/** TIEXIN_LONG=1: ten thousand messages of five hundred residents and twenty-four deaths. */
const long = process.env.TIEXIN_LONG === '1';
const { messages, people, wanted } = long ? { messages: 10_000, people: 500, wanted: 24 } : { messages: 500, people: 40, wanted: 4 };

test(
  `${messages} messages of ${people} residents take effect once, are answered, in order and apart, however often the server dies (${wanted} deaths)`,
  async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'tiexin-wechat-'));
    const accounts = await addOfficers(dataDir);
    const account = await startWechat({
      token: 'tiexinTestToken',
      deliver: { repeat: 0.05, lateMs: 3_000, cutRequest: 0.03, dropResponse: 0.03, insist: true },
      seed: Date.now(),
    });
    account.faults = nowAndThen;
    const desk = await startDeskProcess(dataDir, () => ({
      WECHAT_APP_ID: account.appId,
      WECHAT_APP_SECRET: account.appSecret,
      WECHAT_TOKEN: account.token,
      WECHAT_ENCODING_AES_KEY: account.encodingAesKey,
      WECHAT_API_ROOT: account.url,
    }));
    await account.configure(`${desk.url}/wechat/webhook`);
    // Two of them, neither an inspector: under seal a phone is shown a notice first.
    const sessions = await Promise.all(accounts.slice(0, 2).map(({ username, password }) => signIn(desk.url, username, password)));
    const watch = new Watch(account);
    const begun = Date.now();
    const { residents, officers, deaths, cutOff } = await storm({ account, desk, watch, sessions }, { messages, people, deaths: wanted });
    const database = new DatabaseLook(dataDir);
    await settled(account, database);
    // What WeChat does not let us say goes with their next word.
    const flooded = await writeBeyondTheWindow(desk, sessions[0]!, residents);
    await settled(account, database);
    const held = database.states().held ?? 0;
    for (const { writer } of residents) writer.type('开头');
    await settled(account, database);
    const seconds = Math.round((Date.now() - begun) / 1000);

    const readers = await Promise.all(accounts.map(({ username, password }) => signIn(desk.url, username, password)));
    const cases = await allCases(desk.url, readers);
    expect(await desk.stop()).toBe(0);
    const audit = await tiexin(dataDir, 'audit', 'verify');
    const outboxed = database.outboxed();
    const states = database.states();
    const heard = database.inbounds();
    database.close();
    const { threads, health } = await readThreads(
      dataDir,
      { channel: 'wechat', bot: account.appId },
      residents.map(({ writer }) => writer.phone.openid),
    );
    const cut = account.deliveries.filter(({ error }) => error === 'Answer dropped');
    const responsesCutOff = new Set(cut.map(({ id }) => id));
    const verdicts = residents.map(({ writer }) =>
      judge(
        writer,
        threads.get(writer.phone.openid) ?? NO_THREAD,
        { sent: account.sent(writer.phone.openid), cutOff: responsesCutOff },
        outboxed,
      ),
    );

    const replies = officers.flatMap((officer) => officer.replies);
    const said = [...threads.values()].flatMap(({ lines }) => lines.map(({ body }) => body.text));
    const unsaid = replies.filter(({ token }) => said.filter((text) => text.startsWith(token)).length !== 1);
    const problems = [...verdicts.flatMap((verdict) => verdict.problems), ...casesMixedUp(residents, cases)];
    const lost = residents.flatMap((resident) => resident.lost);
    const doubled = verdicts.flatMap((verdict) => verdict.doubled);
    const withoutCode = total(verdicts, (verdict) => verdict.withoutCode);
    const sayings = total(verdicts, (verdict) => verdict.sayings);
    const count = (of: (resident: Filer) => number) => total(residents, of);
    const [made, forms, filed] = [count(({ writer }) => writer.count), count((one) => one.begun), count((one) => one.filed.length)];
    const named = deaths.flatMap(({ at }) => (at === undefined ? [] : [at]));
    const { deliveries, calls } = account;
    const sent = account.sent();
    console.log(
      [
        `${made} messages of ${people} residents in ${seconds} s; deliveries ${deliveries.length}, repeats ${deliveries.filter(({ repeat }) => repeat).length}, without a 200 ${deliveries.filter(({ status }) => status !== 200).length}, answers cut off ${cut.length}`,
        `deaths ${deaths.length}, with messages in flight ${cutOff}, at ${new Set(named).size} named points ${named.length}, at random ${deaths.length - named.length}`,
        `messages written ${heard}, sayings ${sayings} (${JSON.stringify(states)}), arrived ${total(verdicts, (verdict) => verdict.arrived)} in ${sent.filter(({ via }) => via === 'passive').length} passive replies and ${sent.filter(({ via }) => via === 'custom').length} customer-service messages, held until the next word ${held}; officers wrote ${replies.length + flooded} times`,
        `calls ${calls.length}, gone wrong ${calls.filter(({ fault }) => fault !== undefined).length}; refused for their token ${calls.filter(({ errcode }) => errcode === 40001).length}`,
        `problems ${problems.length}, doubled ${doubled.length} (copies ${total(verdicts, (verdict) => verdict.copies)}), possibly repeated ${health.possiblyRepeated}, overtaken ${total(verdicts, (verdict) => verdict.overtaken)}, without their code ${withoutCode}, notices of a fault ${account.notices.length}`,
        `forms begun ${forms}, filed ${filed}, lost ${lost.length}, cases ${cases.length}; words added ${count(({ added }) => added.length)}, pictures ${count(({ writer }) => writer.said.filter(({ picture }) => picture).length)}, waits in vain ${count(({ writer }) => writer.unanswered)}`,
        `audit: ${audit.trim().replaceAll('\n', '; ')}`,
      ].join('\n'),
    );

    expect({ problems, lost, unsaid }).toEqual({ problems: [], lost: [], unsaid: [] });
    expect({ notices: account.notices, lost: account.lost }).toEqual({ notices: [], lost: [] });
    expect(made).toBeGreaterThanOrEqual(messages);
    expect(heard).toBe(made);
    expect(held).toBeGreaterThan(0);
    expect(states).toEqual({ sent: sayings });
    expect(withoutCode).toBe(0);
    expect(doubled.length).toBeLessThanOrEqual(health.possiblyRepeated);
    expect(filed).toBe(forms);
    expect(cases.length).toBe(filed);
    expect(deaths.length).toBe(wanted);
    expect(new Set(named).size).toBe(Math.min(passed.length, named.length));
    expect(cutOff).toBeGreaterThanOrEqual(Math.floor(wanted * 0.8));
    expect(audit).not.toMatch(/broken|missing|no outside head/);
    expect(audit).toMatch(/whole [1-9]/);
    watch.end();
    await account.close();
    await rm(dataDir, { recursive: true, force: true });
  },
  long ? 40 * 60_000 : 10 * 60_000,
);

/** How likely each is to befall a customer-service message: taken or not, and no answer, busy. */
const likely: readonly (readonly [number, Fault])[] = [
  [0.03, { is: 'reset', accepted: false }],
  [0.03, { is: 'reset', accepted: true }],
  [0.02, { is: '500' }],
  [0.02, -1],
];

function nowAndThen({ path }: FaultyCall): Fault | undefined {
  if (path === 'media/get') return Math.random() < 0.03 ? { is: 'reset', accepted: false } : undefined;
  if (path !== 'message/custom/send') return undefined;
  let drawn = Math.random();
  for (const [share, fault] of likely) {
    drawn -= share;
    if (drawn < 0) return fault;
  }
  return undefined;
}

const total = <T>(items: readonly T[], of: (item: T) => number): number => items.reduce((sum, item) => sum + of(item), 0);
