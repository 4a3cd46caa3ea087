import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CaseLineView } from '../../src/http/views/case.ts';
import { type DeskForTest, startForTest } from '../desk-for-test.ts';
import { tiexin } from './run.ts';

let dataDir: string;
let made: Awaited<ReturnType<typeof tiexin>>;
let desk: DeskForTest;
let password: string;
beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'tiexin-demo-'));
  made = await tiexin(dataDir, ['demo'], { env: { DEFAULT_LOCALE: 'zh-CN' } });
  password = /密码都是 (\S+)/.exec(made.out)?.[1] ?? '';
  desk = await startForTest({ dataDir });
}, 120_000);
afterAll(async () => {
  await desk?.stop();
  await rm(dataDir, { recursive: true, force: true });
});

async function casesSeenBy(username: string): Promise<CaseLineView[]> {
  const { ask } = await desk.signIn(username, password);
  const { body } = await ask('GET', '/cases?limit=200&sort=opened');
  return body.items;
}

describe('demo', () => {
  test('says what it made, how to open it, and that it is not for real cases', () => {
    expect(made).toMatchObject({ code: 0, err: '' });
    expect(made.out).toContain('造好了：60 件事，7 个账号。');
    expect(made.out).toContain(`DATA_DIR=${dataDir} npm start`);
    expect(made.out).toContain('不要拿来办真事');
  });

  test('every role can sign in with the password that was printed', async () => {
    const roles = [];
    for (const username of ['admin', 'du', 'lin', 'wang', 'li', 'chen', 'zhao']) {
      const { ask } = await desk.signIn(username, password);
      roles.push((await ask('GET', '/session')).body.officer.role);
    }
    expect([...new Set(roles)].sort()).toEqual(['administrator', 'inspector', 'lead', 'officer']);
  });

  test('sixty cases in every state that officers and residents can bring about, none sealed for the lead', async () => {
    const ordinary = await casesSeenBy('lin');
    const sealed = (await casesSeenBy('du')).filter((line) => line.sealed);
    expect(ordinary.every((line) => !line.sealed)).toBe(true);
    expect(ordinary.length + sealed.length).toBeGreaterThanOrEqual(60);
    const of = (pick: (line: CaseLineView) => string | null) => new Set([...ordinary, ...sealed].map(pick));
    expect([...of(({ status }) => status)].sort()).toEqual(['answered', 'closed', 'in-progress', 'not-accepted', 'opened', 'withdrawn']);
    expect([...of(({ confirmation }) => confirmation)].sort()).toEqual(['confirmed', 'not-confirmed', 'not-reached', null]);
    expect([...of(({ kind }) => kind)]).toEqual(
      expect.arrayContaining(['problem', 'complaint', 'help', 'question', 'dispute', 'suggestion', 'praise']),
    );
    expect([...of(({ about }) => about)]).toEqual(expect.arrayContaining(['service', 'unit', 'officer', null]));
    expect([...of(({ delivery }) => delivery)]).toEqual(expect.arrayContaining([null, 'waiting', 'blocked']));
    expect(ordinary.some(({ unread }) => unread)).toBe(true);
    expect(ordinary.some(({ due }) => due !== null && Date.parse(due.at) < Date.now())).toBe(true);
    expect(ordinary.some(({ due }) => due !== null && Date.parse(due.at) > Date.now())).toBe(true);
  });

  test('people wrote them: Chinese, some English, each different', async () => {
    const summaries = (await casesSeenBy('lin')).map(({ summary }) => summary);
    expect(new Set(summaries).size).toBeGreaterThanOrEqual(summaries.length - 2);
    expect(summaries.filter((summary) => /\p{Script=Han}/u.test(summary)).length).toBeGreaterThan(40);
    expect(summaries.filter((summary) => !/\p{Script=Han}/u.test(summary)).length).toBeGreaterThanOrEqual(3);
  });

  test('the desk itself made it: the record is whole, and nothing lies in the future', async () => {
    const checked = await tiexin(dataDir, ['audit', 'verify']);
    expect(checked.code).toBe(0);
    for (const { openedAt } of await casesSeenBy('lin')) expect(Date.parse(openedAt)).toBeLessThanOrEqual(Date.now());
  });

  test('refuses where there is data already, and changes nothing', async () => {
    const before = (await casesSeenBy('lin')).length;
    const again = await tiexin(dataDir, ['demo']);
    expect(again).toMatchObject({ code: 1, out: '', err: expect.stringContaining('There is data in') });
    expect((await casesSeenBy('lin')).length).toBe(before);
  });
});

test('a station that speaks English gets an English demo', async () => {
  const english = mkdtempSync(join(tmpdir(), 'tiexin-demo-en-'));
  const { code, out, err } = await tiexin(english, ['demo'], { env: { DEFAULT_LOCALE: 'en' } });
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(out).toContain('Made: 60 cases, 7 accounts.');
  await rm(english, { recursive: true, force: true });
});
