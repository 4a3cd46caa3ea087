import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DeskForTest } from '../desk-for-test.ts';
import { fiveMonths } from '../rated.ts';
import { openBrowser, openPage, tooWide, untranslated, violations } from './browser.ts';
import { bareScenes, type Scene, scenesWith } from './officer-scenes.ts';
import { deskWithPeople, type Locale, locales, officerPage, resident, signInOn } from './officer-stage.ts';

const KILOBYTE = 1024;
/** The console's first screen, compressed. */
const WEIGHT = 450 * KILOBYTE;

let browser: Browser;
let desk: DeskForTest;
/** Nothing ever happened here. */
let empty: DeskForTest;
let reference = '';

beforeAll(async () => {
  [browser, desk, empty] = await Promise.all([openBrowser(), deskWithPeople(), deskWithPeople({ without: 'inspector' })]);
  const neighbour = await resident(desk);
  reference = await neighbour.reports('楼下烧烤摊每天半夜还在放音响，老人睡不着');
  await neighbour.adds(reference, '今晚又开始了');
  await neighbour.addsAPhoto(reference, '这是昨晚拍的');
  await (await resident(desk)).complainsAboutAnOfficer('窗口的民警骂人，还说要让我好看');
  await (await resident(desk)).send({ type: 'text', text: '救命，有人拿刀在砸我家的门' });
  const officer = await desk.signIn('wangmin');
  const { body } = await officer.ask('GET', `/cases/${reference}`);
  await officer.ask('POST', `/cases/${reference}/replies`, { text: '今晚我去看，明天十点前回您。' }, { 'if-match': `"${body.version}"` });
  await officer.ask('POST', `/cases/${reference}/notes`, { text: '联系人是老周。' });
  await fiveMonths(desk);
});
afterAll(async () => {
  await browser?.close();
  await Promise.all([desk?.end(), empty?.end()]);
});

/** Told apart by who is signed in, so that a page is signed in to once and shown in every scene. */
async function lookAt(
  scenes: readonly Scene[],
  at: DeskForTest,
  locale: Locale,
  width: number,
  before?: (page: Page) => Promise<unknown>,
): Promise<string[]> {
  const wrong: string[] = [];
  for (const who of new Set(scenes.map((scene) => scene.who))) {
    const { page, complaints, close } = await officerPage(browser, at, who, { locale, width });
    await before?.(page);
    for (const scene of scenes.filter((one) => one.who === who)) {
      await page.goto(`${at.url}/console${scene.at}`);
      await settled(page);
      await scene.does?.(page);
      await settled(page);
      const found = [...(await violations(page)), ...(await untranslated(page)), ...(await tooWide(page))];
      wrong.push(...found.map((what) => `${scene.name} ${locale} ${width}: ${what}`));
    }
    wrong.push(...complaints.map((what) => `${who} ${locale} ${width}: ${what}`));
    await close();
  }
  return wrong;
}

/** Nothing moves any more: what is looked at is what stays. */
const settled = async (page: Page) => {
  await page.waitForSelector('h1');
  await page.waitForFunction(() => document.querySelector('[aria-busy=true], .ant-skeleton-active') === null);
  await page.waitForFunction(() =>
    document.getAnimations().every((one) => one.playState !== 'running' || one.effect?.getTiming().iterations === Number.POSITIVE_INFINITY),
  );
};
describe.each(locales)('in %s', (locale) => {
  test.each([390, 1440])('every page and dialog reads well at %i px', { timeout: 300_000 }, async (width) => {
    expect(await lookAt(scenesWith(reference), desk, locale, width)).toEqual([]);
  });

  test('a desk where nothing ever happened reads well', { timeout: 120_000 }, async () => {
    expect(await lookAt(bareScenes, empty, locale, 390)).toEqual([]);
  });

  test('a server that can’t answer reads well', { timeout: 180_000 }, async () => {
    const fail = (page: Page) =>
      page.route(/\/api\/v1\/(cases|deliveries|officers|audit|setup)/, (route) =>
        route.fulfill({
          status: 503,
          contentType: 'application/problem+json',
          body: JSON.stringify({ type: 'about:blank', title: locale === 'en' ? 'Not now' : '现在不行', status: 503, code: 'unavailable' }),
        }),
      );
    expect(await lookAt(bareScenes, desk, locale, 390, fail)).toEqual([]);
  });

  test('the door reads well: at first, refused, and with a one-time password', async () => {
    const { page, complaints, close } = await openPage(browser, { locale, viewport: { width: 390, height: 844 } });
    const wrong: string[] = [];
    const look = async () => {
      await settled(page);
      wrong.push(...(await violations(page)), ...(await untranslated(page)), ...(await tooWide(page)));
    };
    await page.goto(`${desk.url}/console`);
    await look();
    await page.fill('input[name=username]', 'nobody');
    await page.fill('input[name=password]', 'nothing at all');
    await page.click('button[type=submit]');
    await page.locator('.ant-alert').waitFor();
    await look();
    const admin = await desk.signIn('guanli');
    const username = `new-${locale.toLowerCase()}`;
    const made = await admin.ask('POST', '/officers', { username, role: 'officer', unit: 'patrol', publicName: '新人' });
    await page.fill('input[name=username]', username);
    await page.fill('input[name=password]', made.body.oneTimePassword);
    await page.click('button[type=submit]');
    await page.locator('input[type=password]').nth(2).waitFor();
    await look();
    expect([...wrong, ...complaints]).toEqual([]);
    await close();
  });
});

test('the first screen weighs less than 450 KB, compressed', async () => {
  const { page, close } = await openPage(browser, { viewport: { width: 1440, height: 900 } });
  const asked = new Set<string>();
  page.on('response', (response) => {
    if (response.url().includes('/console/assets/')) asked.add(new URL(response.url()).pathname);
  });
  await page.goto(`${desk.url}/console`);
  await signInOn(page, 'wangmin');
  await page.locator('a[data-row]').first().waitFor();
  const assets = new URL('../../dist/console/assets', import.meta.url).pathname;
  const weight = readdirSync(assets)
    .filter((name) => asked.has(`/console/assets/${name}`))
    .reduce((sum, name) => sum + gzipSync(readFileSync(join(assets, name))).length, 0);
  expect(asked.size).toBeGreaterThan(3);
  expect(weight).toBeLessThan(WEIGHT);
  await close();
});
