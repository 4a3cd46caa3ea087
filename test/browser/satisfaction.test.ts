import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DeskForTest } from '../desk-for-test.ts';
import { startForTest } from '../desk-for-test.ts';
import { fiveMonths } from '../rated.ts';
import { openBrowser, openPage, tooWide, untranslated, violations } from './browser.ts';
import { deskWithPeople, locales, officerPage } from './officer-stage.ts';

let browser: Browser;
let desk: DeskForTest;
let empty: DeskForTest;
beforeAll(async () => {
  [browser, desk, empty] = await Promise.all([openBrowser(), deskWithPeople(), startForTest()]);
  await fiveMonths(desk);
});
afterAll(async () => {
  await browser?.close();
  await Promise.all([desk?.end(), empty?.end()]);
});

/** Where pictures of the page go; absent: nowhere. */
const pictures = process.env.TIEXIN_PICTURES;

describe.each(locales)('the public page (%s)', (locale) => {
  test.each([390, 1440])('at %i pixels, with figures and without', async (width) => {
    const { page, complaints, close } = await openPage(browser, { locale, viewport: { width, height: 900 }, javaScriptEnabled: true });
    for (const at of [desk, empty]) {
      await page.goto(`${at.url}/satisfaction`);
      expect(await page.locator('html').getAttribute('lang')).toBe(locale);
      expect([...(await violations(page)), ...(await untranslated(page)), ...(await tooWide(page))]).toEqual([]);
      if (pictures !== undefined && existsSync(pictures))
        await page.screenshot({
          path: join(pictures, `satisfaction-${locale}-${width}-${at === desk ? 'full' : 'empty'}.png`),
          fullPage: true,
        });
    }
    expect(complaints).toEqual([]);
    await close();
  });

  test('is read without any script: another month and the other language are links', async () => {
    const { page, close } = await openPage(browser, { locale, javaScriptEnabled: false });
    const said = (key: string, values?: Record<string, string | number>) => desk.words.t(`satisfaction:${key}`, locale, values);
    await page.goto(`${desk.url}/satisfaction`);
    await page
      .getByRole('navigation', { name: said('periods') })
      .getByRole('link')
      .last()
      .click();
    expect(new URL(page.url()).searchParams.get('period')).toBe('2026-02');
    // 18 of 22: nine or ten of each team's twelve and ten.
    await page
      .getByText(said('share', { count: 18, of: 22, from: '61%', to: '93%' }))
      .first()
      .waitFor();
    await page.locator('header a[hreflang]').first().click();
    expect(await page.locator('html').getAttribute('lang')).not.toBe(locale);
    expect(new URL(page.url()).searchParams.get('period')).toBe('2026-02');
    await close();
  });
});

test.each(locales)('an inspector leaves a rating out and counts it again in the console (%s)', async (locale) => {
  const say = (key: string) => desk.words.t(`console:rating.exclusion.${key}`, locale);
  const { page, complaints, close } = await officerPage(browser, desk, 'duchen', { locale, width: locale === 'en' ? 390 : 1440 });
  await page.goto(`${desk.url}/console/ratings`);
  await page
    .getByRole('button', { name: say('leave') })
    .first()
    .click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText(say('help')).waitFor();
  expect(await dialog.getByRole('button', { name: say('leave') }).isDisabled()).toBe(true);
  await dialog.getByRole('radio', { name: say('category.by-police') }).check();
  expect([...(await violations(page)), ...(await untranslated(page)), ...(await tooWide(page))]).toEqual([]);
  if (pictures !== undefined && existsSync(pictures)) await page.screenshot({ path: join(pictures, `exclusion-${locale}.png`) });
  await dialog.getByRole('button', { name: say('leave') }).click();
  await page.getByRole('button', { name: say('again') }).waitFor();
  await page.getByText(say('category.by-police')).first().waitFor();
  if (pictures !== undefined && existsSync(pictures)) await page.screenshot({ path: join(pictures, `excluded-${locale}.png`) });
  await page.getByRole('button', { name: say('again') }).click();
  await page.getByRole('button', { name: say('again') }).waitFor({ state: 'detached' });
  expect(complaints).toEqual([]);
  await close();
});

test.each(locales)('the station’s screen forgets whoever stood there (%s)', async (locale) => {
  const say = (key: string) => desk.words.t(key, locale);
  const { page, complaints, close } = await openPage(browser, { locale, viewport: { width: locale === 'en' ? 390 : 1440, height: 900 } });
  await page.clock.install();
  await page.goto(`${desk.url}/?start=rate-screen-community`);
  const begin = page.getByRole('button', { name: say('webchat:screen.begin') });
  await begin.waitFor();
  expect([...(await violations(page)), ...(await tooWide(page))]).toEqual([]);
  if (pictures !== undefined && existsSync(pictures)) await page.screenshot({ path: join(pictures, `screen-${locale}.png`) });
  for (const level of ['1', '5']) {
    await begin.click();
    await page.getByRole('button', { name: say(`rate:level.option.${level}`) }).click();
    await page.getByText(say(level === '1' ? 'rate:missed.ask' : 'rate:liked.ask')).waitFor();
    expect(await page.getByText(say('rate:level.ask')).count()).toBe(1);
    await page.clock.runFor(61_000);
    await begin.waitFor();
    expect(await page.evaluate(() => ({ ...window.localStorage, ...window.sessionStorage }))).toEqual({});
  }
  expect(complaints).toEqual([]);
  await close();
});

test('an officer has their say on ratings told together, and inspection decides of it', async () => {
  const own = await officerPage(browser, desk, 'wangmin', { locale: 'zh-CN', width: 390 });
  const zh = (key: string) => desk.words.t(`console:reply.${key}`, 'zh-CN');
  await own.page.goto(`${desk.url}/console/figures`);
  await own.page
    .getByRole('button', { name: zh('own.write') })
    .first()
    .click();
  await own.page.getByRole('textbox', { name: zh('own.text') }).fill('那两个月有人连着评了好几次，时间都在半夜。');
  await own.page.getByRole('radio', { name: desk.words.t('console:rating.exclusion.category.twice', 'zh-CN') }).check();
  expect([...(await violations(own.page)), ...(await untranslated(own.page)), ...(await tooWide(own.page))]).toEqual([]);
  if (pictures !== undefined && existsSync(pictures)) await own.page.screenshot({ path: join(pictures, 'reply-own.png') });
  await own.page.getByRole('button', { name: zh('own.send') }).click();
  await own.page.getByText('那两个月有人连着评了好几次').first().waitFor();

  const inspection = await officerPage(browser, desk, 'duchen', { locale: 'en', width: 1440 });
  const en = (key: string) => desk.words.t(`console:reply.${key}`, 'en');
  await inspection.page.goto(`${desk.url}/console/replies`);
  await inspection.page.getByRole('button', { name: en('appeal.decide') }).click();
  const dialog = inspection.page.getByRole('dialog');
  await dialog.getByRole('radio', { name: en('appeal.dismissed') }).check();
  await dialog.getByRole('textbox', { name: en('appeal.text') }).fill('Each was given by somebody else.');
  expect([...(await violations(inspection.page)), ...(await tooWide(inspection.page))]).toEqual([]);
  await dialog.getByRole('button', { name: en('appeal.decide') }).click();
  await inspection.page.getByText(en('appeal.dismissed')).first().waitFor();
  if (pictures !== undefined && existsSync(pictures)) await inspection.page.screenshot({ path: join(pictures, 'replies.png') });
  await own.page.reload();
  await own.page.getByText('Each was given by somebody else.').waitFor();
  if (pictures !== undefined && existsSync(pictures))
    await own.page.screenshot({ path: join(pictures, 'reply-decided.png'), fullPage: true });
  expect([...own.complaints, ...inspection.complaints]).toEqual([]);
  await Promise.all([own.close(), inspection.close()]);
});
