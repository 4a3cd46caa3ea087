import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type DeskForTest, startForTest } from '../desk-for-test.ts';
import { openBrowser, openPage, violations } from './browser.ts';

let browser: Browser;
let desk: DeskForTest;
let closing: (() => Promise<void>)[] = [];

beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser?.close());
beforeEach(async () => {
  desk = await startForTest();
  await desk.addOfficer('wang', 'officer', 'community', '王宁');
});
afterEach(async () => {
  for (const close of closing.reverse()) await close();
  closing = [];
  await desk.end();
});

async function visit(options: BrowserContextOptions = {}): Promise<Page> {
  const { page, complaints, close } = await openPage(browser, { reducedMotion: 'reduce', ...options });
  closing.push(async () => {
    expect(complaints).toEqual([]);
    await close();
  });
  await page.goto(desk.url);
  await page.locator('.door').first().waitFor();
  return page;
}
const words = (key: string, values?: Record<string, string>) => desk.words.t(key, 'zh-CN', values);
const hear = (page: Page, key: string, values?: Record<string, string>) =>
  page
    .locator('.theirs')
    .filter({ hasText: words(key, values).split('\n')[0] ?? '' })
    .last()
    .waitFor();
const choose = (page: Page, key: string) =>
  page
    .locator('.choices:not(.past)')
    .getByRole('button', { name: words(key), exact: true })
    .click();
async function write(page: Page, text: string) {
  await page.locator('.composer textarea').fill(text);
  await page.locator('.send').click();
}

/** Fills a report from where the topic is asked, and gives its number and code. */
async function finish(page: Page): Promise<[reference: string, code: string]> {
  await choose(page, 'report:what.option.problem');
  await hear(page, 'report:topic.ask');
  await page.locator('.choices:not(.past)').getByRole('button', { name: '噪音', exact: true }).click();
  await hear(page, 'report:place.ask');
  await choose(page, 'flow:button.skip');
  await hear(page, 'report:photos.ask', { max: '9' });
  await choose(page, 'flow:button.noPhotos');
  await hear(page, 'report:identity.ask');
  await choose(page, 'report:identity.option.hidden');
  await page.locator('.review').waitFor();
  expect(await violations(page)).toEqual([]);
  await choose(page, 'report:review.option.file');
  await page.locator('.secret').waitFor();
  const [reference = '', code = ''] = await page.locator('.secret dd').allTextContents();
  return [reference, code];
}

/** The same database and folder behind the same address, started anew. */
async function restart(whileDown: () => Promise<void>) {
  const { port } = new URL(desk.url);
  const { dataDir } = desk;
  await desk.stop();
  await whileDown();
  desk = await startForTest({ dataDir, env: { PORT: port } });
}

describe('a resident before the real desk', () => {
  test('goes on with a form where it was, through a restart of the server and a reload of the page', async () => {
    const page = await visit();
    await page.locator('.door').first().click();
    await hear(page, 'report:details.ask');
    await restart(async () => {
      await write(page, '楼下麻将馆半夜还在吵');
      await page.locator('.own-line.waiting').waitFor();
      await page.waitForTimeout(1_000);
    });
    await hear(page, 'report:what.ask');
    await page.reload();
    await hear(page, 'report:what.ask');
    const [reference, code] = await finish(page);
    expect(reference).toMatch(/^[0-9A-Z]{4}-[0-9A-Z]{4}$/);
    expect(code).toMatch(/^[0-9A-Z]{4}-[0-9A-Z]{4}$/);
    expect(await page.locator('.own-line .words', { hasText: '楼下麻将馆' }).count()).toBe(1);
    const officer = await desk.signIn('wang');
    const { body } = await officer.ask('GET', '/cases');
    expect(body.items).toHaveLength(1);
  });

  test('has an answer only once the page has it: waiting while it is closed, sent when it opens again', async () => {
    const page = await visit();
    await page.locator('.own .button').first().click();
    await page.locator('.door').first().click();
    await hear(page, 'report:details.ask');
    await write(page, '楼下麻将馆半夜还在吵');
    await hear(page, 'report:what.ask');
    const [reference] = await finish(page);
    const acknowledged = page.waitForResponse(/\/chat\/received/);
    await page.locator('.secret .primary').click();
    await page
      .locator('.secret .done')
      .filter({ hasText: words('webchat:secret.done') })
      .waitFor();
    await acknowledged;
    const context = page.context();
    await page.close();

    const officer = await desk.signIn('wang');
    const path = `/cases/${reference.replace('-', '')}`;
    const version = async () => ({ 'if-match': `"${(await officer.ask('GET', path)).body.version}"` });
    expect((await officer.ask('PUT', `${path}/acceptance`, { accepted: true }, await version())).status).toBe(200);
    const replied = await officer.ask('POST', `${path}/replies`, { text: '今晚九点我去看，明天上午十点前告诉您。' }, await version());
    expect(replied.status).toBe(201);
    const delivery = async () => {
      const { body } = await officer.ask('GET', path);
      return body.messages.find(({ from }: { from: string }) => from === 'officer')?.delivery.state;
    };
    await expect.poll(delivery).toBe('waiting');

    const again = await context.newPage();
    await again.goto(desk.url);
    const answer = again.locator('.line.officer');
    await answer.getByText('今晚九点我去看').waitFor();
    expect(await answer.locator('.signature').textContent()).toContain('王宁');
    await expect.poll(delivery).toBe('sent');
    expect(await again.locator('.secret').count()).toBe(0);
    expect(await again.locator('.log').textContent()).not.toMatch(/查询码 [0-9A-Z]{4}-/);
    expect(await violations(again)).toEqual([]);
  });

  test('finds a report on another phone by its number and code, typed as people type', async () => {
    const page = await visit();
    await page.locator('.door').first().click();
    await hear(page, 'report:details.ask');
    await write(page, '楼下麻将馆半夜还在吵');
    await hear(page, 'report:what.ask');
    const [reference, code] = await finish(page);

    const other = await visit();
    await other.getByRole('button', { name: words('webchat:welcome.look-up') }).click();
    await other.getByLabel(words('webchat:look-up.reference'), { exact: true }).fill(` ${reference.toLowerCase().replace('-', ' ')}`);
    await other.getByLabel(words('webchat:look-up.code'), { exact: true }).fill('2222-2222');
    await other.getByRole('button', { name: words('webchat:look-up.go'), exact: true }).click();
    await other.getByText(words('webchat:look-up.not-found')).waitFor();
    await other.getByLabel(words('webchat:look-up.code'), { exact: true }).fill(code.toLowerCase());
    await other.getByRole('button', { name: words('webchat:look-up.go'), exact: true }).click();
    await other.locator('.sheet').waitFor({ state: 'detached' });
    await other.locator('.theirs', { hasText: reference }).waitFor();
    expect(await other.locator('.log').textContent()).toContain('楼下麻将馆');
  });

  test('in danger gets the number first, ready to be called, from any place of a form', async () => {
    const page = await visit();
    await page.locator('.door').first().click();
    await hear(page, 'report:details.ask');
    await write(page, '救命，有人拿刀追我');
    const answer = page.locator('.theirs', { hasText: words('desk:danger.now-nobody').split('\n')[0] ?? '' }).last();
    await answer.waitFor();
    expect(await answer.locator('a').first().getAttribute('href')).toBe('tel:110');
  });
});
