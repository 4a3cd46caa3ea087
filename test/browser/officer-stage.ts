import { randomUUID } from 'node:crypto';
import type { Browser, Page } from 'playwright-core';
import sharp from 'sharp';
import type { Role } from '../../src/domain/officer.ts';
import { type ChatClient, chatClient } from '../channels/chat-client.ts';
import { type DeskForTest, PASSWORD, startForTest } from '../desk-for-test.ts';
import { type Complaints, openPage } from './browser.ts';

/** Who works in the console's tests: username, role, unit, public name. */
const cast: readonly [string, Role, string, string][] = [
  ['wangmin', 'officer', 'community', '王敏'],
  ['lilei', 'officer', 'patrol', '李雷'],
  ['zhaoqiang', 'lead', 'station', '赵强'],
  ['duchen', 'inspector', 'inspection', '杜晨'],
  ['guanli', 'administrator', 'bureau', '管理员'],
];

export type Locale = 'zh-CN' | 'en';
export const locales: readonly Locale[] = ['zh-CN', 'en'];

/** A desk with its people, as `npm start` serves it. */
export async function deskWithPeople({ without }: { without?: Role } = {}): Promise<DeskForTest> {
  const desk = await startForTest();
  for (const [username, role, unit, name] of cast) if (role !== without) await desk.addOfficer(username, role, unit, name);
  return desk;
}

/** A resident with the page open, who can tell a whole story in one call. */
export async function resident(desk: DeskForTest, locale: Locale = 'zh-CN') {
  const chat = chatClient(desk.url);
  await chat.open({ locale });
  const send = (message: Parameters<ChatClient['send']>[0] extends infer M ? (M extends unknown ? Omit<M, 'id'> : never) : never) =>
    chat.send({ id: randomUUID(), ...message } as Parameters<ChatClient['send']>[0]);
  let after = 0;
  /** The page's own acknowledgement: what was sent is now on a screen. */
  const read = async () => {
    const lines = await chat.lines(after);
    after = lines.at(-1)?.seq ?? after;
    await chat.ask('POST', '/chat/received', { ids: lines.filter(({ from }) => from !== 'resident').map(({ id }) => id) });
    return lines;
  };
  const tells = async (door: 'report' | 'help', story: string, answers: readonly string[]): Promise<string> => {
    await send({ type: 'start', payload: door });
    for (const text of [story, ...answers]) {
      await read();
      await send({ type: 'text', text });
    }
    const told = (await read()).map(({ text }) => text).join('\n');
    const reference = /[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}/.exec(told)?.[0];
    if (!reference) throw new Error(`nothing was filed: ${told}`);
    return reference.replace('-', '');
  };
  return {
    chat,
    read,
    send,
    reports: (story: string) => tells('report', story, ['problem', 'other', 'skip', 'skip', 'hidden', 'file']),
    complainsAboutAnOfficer: (story: string) =>
      tells('report', story, ['complaint', 'officer', 'skip', 'skip', 'skip', 'skip', 'hidden', 'file']),
    async adds(reference: string, words: string) {
      await send({ type: 'tap', tap: `c:${reference}:add` });
      await send({ type: 'text', text: words });
      await send({ type: 'command', name: 'done' });
      await send({ type: 'command', name: 'done' });
    },
    async saysNotSolved(reference: string, wrong: string) {
      await send({ type: 'tap', tap: `c:${reference}:unsolved` });
      await send({ type: 'text', text: wrong });
      await send({ type: 'command', name: 'done' });
      await send({ type: 'text', text: 'yes' });
    },
    async addsAPhoto(reference: string, caption: string) {
      await send({ type: 'tap', tap: `c:${reference}:add` });
      const bytes = await sharp({ create: { width: 640, height: 480, channels: 3, background: '#5b8f6b' } })
        .jpeg()
        .toBuffer();
      await chat.upload([{ bytes }], { caption });
      await send({ type: 'command', name: 'done' });
    },
  };
}

/** A browser at an office desk or on a phone, its officer signed in by the form like anybody. Nothing on it moves. */
export async function officerPage(
  browser: Browser,
  desk: DeskForTest,
  username: string,
  { locale = 'zh-CN', width = 1440, at = '' }: { locale?: Locale; width?: number; at?: string } = {},
): Promise<{ page: Page; complaints: Complaints; close: () => Promise<void> }> {
  const opened = await openPage(browser, {
    locale,
    viewport: { width, height: width < 600 ? 844 : 900 },
    reducedMotion: 'reduce',
  });
  await opened.page.goto(`${desk.url}/console${at}`);
  await signInOn(opened.page, username);
  return opened;
}

export async function signInOn(page: Page, username: string, password = PASSWORD): Promise<void> {
  await page.fill('input[name=username]', username);
  await page.fill('input[name=password]', password);
  await page.click('button[type=submit]');
  await page.waitForSelector('header.header');
}
