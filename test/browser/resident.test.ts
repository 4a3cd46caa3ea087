import { rm } from 'node:fs/promises';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import en from '../../locales/en/webchat.json' with { type: 'json' };
import zh from '../../locales/zh-CN/webchat.json' with { type: 'json' };
import { openBrowser, openPage, untranslated, violations } from './browser.ts';
import { buildPage, openStage, type Stage } from './resident-stage.ts';

let dir: string;
let browser: Browser;
let stage: Stage;
let closing: (() => Promise<void>)[] = [];

beforeAll(async () => {
  [dir, browser] = await Promise.all([buildPage(), openBrowser()]);
}, 60_000);
afterAll(async () => {
  await browser?.close();
  await rm(dir, { recursive: true, force: true });
});
beforeEach(async () => {
  stage = await openStage(dir);
});
afterEach(async () => {
  for (const close of closing.reverse()) await close();
  closing = [];
  await stage.close();
});

/** The page of one resident; a test ends with nothing to complain of. */
async function visit(options: BrowserContextOptions = {}, path = '/'): Promise<Page> {
  const { page, complaints, close } = await openPage(browser, { reducedMotion: 'reduce', ...options });
  closing.push(async () => {
    expect(complaints).toEqual([]);
    await close();
  });
  await page.goto(stage.url + path);
  return page;
}

const text = (page: Page) => page.locator('.log').textContent();
const said = (page: Page) => page.locator('.own-line .words').allTextContents();
async function write(page: Page, words: string) {
  await page.locator('.composer textarea').fill(words);
  await page.locator('.send').click();
}
const heard = () => stage.fake.inbounds.flatMap(({ input }) => (input.type === 'text' ? input.text : []));
const storages = (page: Page) =>
  page.evaluate(() =>
    [Object.keys(localStorage), Object.keys(sessionStorage)].map((names) => names.filter((name) => !name.endsWith('.try'))),
  );
/** A photo a browser can open. */
const photo = (colour: string) =>
  sharp({ create: { width: 640, height: 480, channels: 3, background: colour } })
    .jpeg()
    .toBuffer();

describe('the first screen', () => {
  test('names the station, both emergency numbers and the five doors, and opens nothing yet', async () => {
    const page = await visit();
    await page.waitForSelector('.door');
    for (const words of ['青柳派出所', '110', '12110']) await expect.poll(() => page.locator('.header').textContent()).toContain(words);
    expect(await page.locator('.door-name').allTextContents()).toEqual(['说件事', '求助', '评一评', '我的事', '找人']);
    expect(await page.locator('.door').last().isVisible()).toBe(true);
    expect((await page.locator('.urgent').boundingBox())?.y).toBeLessThan(120);
    expect(await page.locator('.urgent a').evaluateAll((links) => links.map((link) => link.getAttribute('href')))).toEqual([
      'tel:110',
      'sms:12110',
    ]);
    expect(stage.fake.inbounds).toEqual([]);
    expect(await page.context().cookies()).toEqual([]);
  });

  test('is large and fits: no letter under 18 px, nothing wider than 390 px, nor than 320 px', async () => {
    for (const width of [390, 320]) {
      const page = await visit({ viewport: { width, height: 800 } });
      await page.waitForSelector('.door');
      const small = await page.evaluate(() =>
        [...document.querySelectorAll('body *')]
          .filter((one) => [...one.childNodes].some((child) => child.nodeType === 3 && child.textContent?.trim()))
          .filter((one) => Number.parseFloat(getComputedStyle(one).fontSize) < 18)
          .map((one) => one.outerHTML),
      );
      expect(small).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    }
  });

  test('takes the language of the browser, and changes it by one button', async () => {
    const page = await visit({ locale: 'en-GB' });
    await page.getByRole('heading', { name: /Hello, this is/ }).waitFor();
    await page.getByRole('button', { name: '中文' }).click();
    await page.getByRole('heading', { name: '您好，这里是青柳派出所' }).waitFor();
    expect(await page.evaluate(() => document.documentElement.lang)).toBe('zh-CN');
    await page.getByRole('button', { name: '说件事' }).click();
    await expect.poll(() => text(page)).toContain('您说，什么事？');
    await page.getByRole('button', { name: 'English' }).first().click();
    await expect.poll(() => page.locator('.composer textarea').getAttribute('placeholder')).toBe('Write here');
    expect(stage.fake.inbounds.at(-1)?.input).toEqual({ type: 'tap', tap: { on: 'language', locale: 'en' } });
  });

  test('follows a deep link once', async () => {
    const page = await visit({}, '/?start=counter-7');
    await expect.poll(() => stage.fake.inbounds.map(({ input }) => input)).toEqual([{ type: 'start', payload: 'counter-7' }]);
    expect(page.url()).toBe(`${stage.url}/`);
    await page.reload();
    await expect.poll(() => text(page)).toContain('您想做什么');
    expect(stage.fake.inbounds).toHaveLength(1);
  });

  test('says where to call when the desk cannot be reached at all', async () => {
    const page = await visit();
    await stage.down();
    await page.locator('.door').first().click();
    await page.getByText(zh.link.unreachable).waitFor({ timeout: 10_000 });
    expect(await page.locator('.trouble').textContent()).toContain('110');
    await stage.up();
    await expect.poll(() => text(page), { timeout: 15_000 }).toContain('您说，什么事？');
    expect(stage.fake.inbounds.filter(({ input }) => input.type === 'tap')).toHaveLength(1);
  });
});

describe('a report', () => {
  /** From the first screen to the reference and its code, as a resident taps it. */
  async function fileOne(page: Page, words: typeof zh) {
    await page.getByRole('button', { name: words.door.report }).click();
    await page.locator('.own .button').first().click();
    await write(page, 'late noise 楼下麻将馆半夜还在吵');
    await page.locator('.choices:not(.past) .button').nth(4).waitFor();
    await page.locator('.choices:not(.past) .button').first().click();
    await page.locator('.offers').waitFor();
    await page
      .locator('input[type=file]')
      .first()
      .setInputFiles([
        { name: 'wall.jpg', mimeType: 'image/jpeg', buffer: await photo('#886644') },
        { name: 'door.jpg', mimeType: 'image/jpeg', buffer: await photo('#334466') },
      ]);
    await page.locator('.sheet .preview').nth(1).waitFor();
    await page.locator('.sheet textarea').fill('caption 西墙');
    return {
      sendPhotos: () => page.locator('.sheet .button.primary').click(),
      async review() {
        await page.locator('.offers').getByText(words.more.place).waitFor();
        await page.locator('.choices:not(.past) .button').first().click();
        await page.locator('.review').waitFor();
      },
      async file() {
        await page.locator('.choices:not(.past) .button.primary').click();
        await page.locator('.secret').waitFor();
      },
    };
  }

  test.each([
    ['zh-CN', 390, zh],
    ['en', 390, en],
    ['zh-CN', 1440, zh],
    ['en', 1440, en],
  ] as const)(
    'in %s at %i px has no barrier, no foreign word and nothing too wide on any screen',
    { timeout: 60_000 },
    async (locale, width, words) => {
      const page = await visit({ locale, viewport: { width, height: 844 } });
      const look = async (screen: string) => {
        expect([screen, await violations(page), await untranslated(page)]).toEqual([screen, [], []]);
        expect([screen, await page.evaluate(() => document.documentElement.scrollWidth)]).toEqual([screen, width]);
      };
      await page.waitForSelector('.door');
      await look('first');
      await page.getByRole('button', { name: words.welcome['look-up'] }).click();
      await page.locator('.sheet').waitFor();
      await look('look-up');
      await page.keyboard.press('Escape');
      const steps = await fileOne(page, words);
      await look('photos chosen');
      await steps.sendPhotos();
      await steps.review();
      await look('review');
      expect(await page.locator('.review dt').allTextContents()).toHaveLength(4);
      await steps.file();
      await look('filed');
      await stage.say(stage.lastAddress(), { text: 'OK 好的，打 021-55501234', by: { kind: 'officer', signature: '王警官 青柳派出所' } });
      await page.locator('.line.officer .signature').waitFor();
      await look('answered');
      expect(await page.locator('.line.officer a').getAttribute('href')).toBe('tel:021-55501234');
      await page.locator('.photo').first().click();
      await page.locator('.sheet .large').waitFor();
      await look('photo');
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: words.write.more }).click();
      await look('more');
      await stage.down();
      await write(page, 'still there?');
      await page.locator('.trouble').waitFor({ timeout: 10_000 });
      await look('unreachable');
      await stage.up();
      await expect.poll(() => heard(), { timeout: 15_000 }).toContain('still there?');
    },
  );

  test('shows its number and code large until they were kept, and the code not again after that', async () => {
    const page = await visit();
    const steps = await fileOne(page, zh);
    await steps.sendPhotos();
    await steps.review();
    await steps.file();
    expect(await page.locator('.secret dd').allTextContents()).toEqual(['K7QX-2M9P', '4HTB-WN8E']);
    expect(
      Number.parseFloat(
        await page
          .locator('.secret dd')
          .first()
          .evaluate((one) => getComputedStyle(one).fontSize),
      ),
    ).toBeGreaterThan(26);
    const settled = () => stage.fake.settlements.length;
    await page.waitForTimeout(300);
    const before = settled();
    await page.reload();
    await page.locator('.secret').waitFor();
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: zh.secret.picture }).click();
    expect((await download).suggestedFilename()).toBe('编号和查询码.png');
    await expect.poll(settled).toBe(before + 1);
  });

  test('sends photos with their caption once, and shows them back', async () => {
    const page = await visit();
    const steps = await fileOne(page, zh);
    await page.locator('.remove').first().click();
    await steps.sendPhotos();
    await steps.review();
    const media = stage.fake.inbounds.flatMap(({ input }) => (input.type === 'media' ? input : []));
    expect(media).toMatchObject([{ caption: 'caption 西墙', items: [{ state: 'stored' }] }]);
    await expect
      .poll(() => page.locator('.photo img').evaluateAll((all) => all.map((one) => (one as HTMLImageElement).naturalWidth)))
      .toEqual([640]);
  });

  test('can be filled from the keyboard alone', async () => {
    const page = await visit();
    await page.waitForSelector('.door');
    await page.getByRole('button', { name: '说件事' }).focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => text(page)).toContain('您说，什么事？');
    await page.getByRole('textbox', { name: zh.write.label }).focus();
    await page.keyboard.insertText('路灯坏了');
    await page.keyboard.press('Enter');
    await expect.poll(() => text(page)).toContain('是哪方面的事？');
    const focused = () => page.evaluate(() => document.activeElement?.textContent ?? '');
    for (let back = 0; back < 30 && (await focused()) !== '安全隐患'; back += 1) await page.keyboard.press('Shift+Tab');
    expect(await focused()).toBe('安全隐患');
    expect(await page.evaluate(() => getComputedStyle(document.activeElement as Element).outlineStyle)).toBe('solid');
    await page.keyboard.press('Space');
    await expect.poll(() => text(page)).toContain('有照片吗？');
    await expect.poll(focused).toContain('有照片吗？');
    await page.keyboard.press('Tab');
    expect(await focused()).toBe('没有照片');
  });

  test('a late tap on an old question reaches the desk, and a double tap reaches it once', async () => {
    const page = await visit();
    await page.getByRole('button', { name: '说件事' }).click();
    await write(page, '路灯坏了');
    const topic = page.locator('.choices:not(.past) .button', { hasText: '盗窃' });
    await topic.dblclick();
    await expect.poll(() => text(page)).toContain('有照片吗？');
    const taps = () => stage.fake.inbounds.flatMap(({ input }) => (input.type === 'tap' && input.tap.on === 'step' ? input.tap.value : []));
    expect(taps()).toEqual(['盗窃']);
    await page.getByRole('button', { name: zh.log['older-choices'] }).last().click();
    await page.locator('.choices.past .button', { hasText: '犬只' }).click();
    await expect.poll(taps).toEqual(['盗窃', '犬只']);
  });
});

describe('nothing is lost and nothing doubled', () => {
  test('what is written without a network is kept, also over a reload, and goes in order once it is back', {
    timeout: 60_000,
  }, async () => {
    const page = await visit();
    await page.getByRole('button', { name: zh.own.yes }).click();
    await page.getByRole('button', { name: '找人' }).click();
    await expect.poll(() => text(page)).toContain('您说');
    await page.context().setOffline(true);
    for (const words of ['一', '二', '三']) await write(page, words);
    await page.getByText(zh.link.offline).waitFor();
    await page.locator('.composer textarea').fill('写了一半');
    expect(heard()).toEqual([]);
    await page.context().setOffline(false);
    await page.route('**/chat/messages', (route) => route.abort());
    await page.reload();
    await expect.poll(() => said(page)).toEqual(['找人', '一', '二', '三']);
    expect(await page.locator('.composer textarea').inputValue()).toBe('写了一半');
    await page.unroute('**/chat/messages');
    await expect.poll(heard, { timeout: 20_000 }).toEqual(['一', '二', '三']);
    await expect.poll(() => said(page)).toEqual(['找人', '一', '二', '三']);
    expect(await storages(page).then(([lasting]) => lasting?.filter((name) => name.includes('.out.')))).toEqual([]);
  });

  test('an answer of the server that is lost on the way doubles nothing', async () => {
    const page = await visit();
    await page.getByRole('button', { name: '找人' }).click();
    await expect.poll(() => text(page)).toContain('您说');
    let lost = 0;
    await page.route('**/chat/messages', async (route) => {
      if (route.request().method() !== 'POST' || lost > 0) return route.continue();
      lost += 1;
      await route.fetch();
      await route.abort();
    });
    await write(page, '河边护栏断了');
    await expect.poll(() => said(page)).toEqual(['找人', '河边护栏断了']);
    await page.locator('.told', { hasText: zh.line.sent }).waitFor();
    await page.waitForTimeout(2500);
    expect(lost).toBe(1);
    expect(heard()).toEqual(['河边护栏断了']);
    expect(await said(page)).toEqual(['找人', '河边护栏断了']);
  });

  test('a restart of the server is survived by an open page: it sends, and is shown what came meanwhile', { timeout: 60_000 }, async () => {
    const page = await visit();
    await page.getByRole('button', { name: '找人' }).click();
    await expect.poll(() => text(page)).toContain('您说');
    await stage.down();
    await write(page, '在吗');
    await stage.say(stage.lastAddress(), { text: '我来了', by: { kind: 'officer', signature: '王警官' } });
    await page.waitForTimeout(1500);
    await stage.up();
    await expect.poll(heard, { timeout: 15_000 }).toEqual(['在吗']);
    await expect.poll(() => page.locator('.line.officer .words').allTextContents(), { timeout: 10_000 }).toEqual(['我来了']);
    await expect.poll(() => page.locator('.trouble').count(), { timeout: 10_000 }).toBe(0);
  });

  test('an answer is on the page within two seconds with no request of its own, on every tab', async () => {
    const page = await visit();
    await page.getByRole('button', { name: '找人' }).click();
    await expect.poll(() => text(page)).toContain('您说');
    const second = await page.context().newPage();
    await second.goto(stage.url);
    await expect.poll(() => text(second)).toContain('您说');
    await page.waitForTimeout(400);
    await page.context().route('**/chat/messages?*', (route) => route.abort());
    const begun = Date.now();
    await stage.say(stage.lastAddress(), { text: '今晚八点去看', by: { kind: 'officer', signature: '王警官' } });
    for (const tab of [page, second]) await tab.getByText('今晚八点去看').waitFor({ timeout: 2_000 });
    expect(Date.now() - begun).toBeLessThan(2_000);
    await expect.poll(() => stage.fake.settlements.at(-1)?.outcome).toEqual({ is: 'sent', confirmed: true });
  });

  test('where no stream gets through, answers come all the same', { timeout: 40_000 }, async () => {
    const page = await visit();
    await page.route('**/chat/stream*', (route) => route.abort());
    await page.getByRole('button', { name: '找人' }).click();
    await expect.poll(() => text(page), { timeout: 10_000 }).toContain('您说');
    await stage.say(stage.lastAddress(), { text: '今晚八点去看', by: { kind: 'officer', signature: '王警官' } });
    await page.getByText('今晚八点去看').waitFor({ timeout: 12_000 });
  });

  test('what the desk refuses is said, kept on the screen and holds nothing up', async () => {
    const page = await visit();
    await page.getByRole('button', { name: '找人' }).click();
    await expect.poll(() => text(page)).toContain('您说');
    let refused = false;
    await page.route('**/chat/messages', (route) => {
      if (route.request().method() !== 'POST' || refused) return route.continue();
      refused = true;
      return route.fulfill({
        status: 400,
        contentType: 'application/problem+json',
        body: JSON.stringify({ title: '看不懂', status: 400, code: 'invalid', detail: '这句没收下来。' }),
      });
    });
    await write(page, '一');
    await write(page, '二');
    await page.getByText('这句没收下来。').waitFor();
    await expect.poll(heard).toEqual(['二']);
    await page.getByRole('button', { name: zh.line.again }).click();
    await expect.poll(heard).toEqual(['二', '一']);
  });

  test('a browser the desk no longer knows begins anew with what was being said', async () => {
    const page = await visit();
    await page.getByRole('button', { name: '找人' }).click();
    await expect.poll(() => text(page)).toContain('您说');
    const before = stage.lastAddress();
    await page.context().clearCookies();
    await write(page, '还在吗');
    await expect.poll(heard).toEqual(['还在吗']);
    expect(stage.lastAddress()).not.toBe(before);
    await page.getByText(zh.notice.renewed).waitFor();
  });
});

describe('whose phone it is', () => {
  test('decides what stays: unanswered and "no" leave nothing that outlasts the tab', async () => {
    const page = await visit();
    await page.getByRole('button', { name: '找人' }).click();
    await expect.poll(() => text(page)).toContain('您说');
    expect((await storages(page))[0]).toEqual([]);
    expect((await page.context().cookies()).map(({ expires }) => expires)).toEqual([-1]);
    await page.getByRole('button', { name: zh.own.no }).click();
    await page.locator('.own.answered').waitFor();
    expect((await storages(page))[0]).toEqual([]);
    await page.reload();
    await expect.poll(() => text(page)).toContain('您说');
    expect(await page.locator('.own').count()).toBe(0);
  });

  test('"mine" keeps it: cookie and language stay, and the question is not asked again', async () => {
    const page = await visit();
    await page.getByRole('button', { name: '找人' }).click();
    await page.getByRole('button', { name: zh.own.yes }).click();
    await expect.poll(async () => (await page.context().cookies())[0]?.expires ?? 0).toBeGreaterThan(Date.now() / 1000 + 179 * 86_400);
    expect((await storages(page))[0]).toContain('tiexin.own');
    const later = await page.context().newPage();
    await later.goto(stage.url);
    await expect.poll(() => text(later)).toContain('您说');
    expect(await later.locator('.own').count()).toBe(0);
  });

  test('leaving is at once and leaves nothing, on any tab', async () => {
    const page = await visit();
    await page.context().route(/baidu/, (route) => route.fulfill({ contentType: 'text/html', body: '<title>weather</title>' }));
    await page.getByRole('button', { name: zh.own.yes }).click();
    await page.getByRole('button', { name: '找人' }).click();
    await write(page, '怕被看见');
    await expect.poll(heard).toEqual(['怕被看见']);
    const second = await page.context().newPage();
    await second.goto(stage.url);
    await expect.poll(() => text(second)).toContain('怕被看见');
    await page.getByRole('button', { name: zh.leave.button }).click();
    for (const tab of [page, second]) await tab.waitForURL(/baidu/, { timeout: 5_000 });
    await expect.poll(() => page.context().cookies(stage.url)).toEqual([]);
    const back = await page.context().newPage();
    await back.goto(stage.url);
    await back.waitForSelector('.door');
    expect(await back.locator('body').textContent()).not.toContain('怕被看见');
    expect((await storages(back))[0]).toEqual([]);
    await page.goBack().catch(() => undefined);
    expect(await page.locator('body').textContent()).not.toContain('怕被看见');
  });
});

describe('a look-up', () => {
  test('finds a report by number and code, and says so when it cannot', async () => {
    stage.fake.answerWith(({ input }) => (input.type === 'lookup' ? { found: input.code.replace('-', '') === 'K7QX2M9P' } : {}));
    const page = await visit();
    await page.getByRole('button', { name: zh.welcome['look-up'] }).click();
    await page.getByLabel(zh['look-up'].reference, { exact: true }).fill('abcd-2345');
    await page.getByLabel(zh['look-up'].code).fill('11111111');
    await page.getByRole('button', { name: zh['look-up'].go, exact: true }).click();
    await page.getByText(zh['look-up']['not-found']).waitFor();
    expect(await violations(page)).toEqual([]);
    await page.getByLabel(zh['look-up'].code).fill('K7QX-2M9P');
    await page.getByRole('button', { name: zh['look-up'].go, exact: true }).click();
    await page.locator('.sheet').waitFor({ state: 'detached' });
    await page.locator('.log').waitFor();
  });
});
