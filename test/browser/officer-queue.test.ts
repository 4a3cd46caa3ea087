import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { DeskForTest } from '../desk-for-test.ts';
import { type FiledCase, file } from '../http/cases-for-test.ts';
import { openBrowser } from './browser.ts';
import { deskWithPeople, officerPage } from './officer-stage.ts';

const MORE_THAN_A_PAGE = 56;

let browser: Browser;
let desk: DeskForTest;
const filed: FiledCase[] = [];
beforeAll(async () => {
  [browser, desk] = await Promise.all([openBrowser(), deskWithPeople()]);
  for (let nth = 1; nth <= MORE_THAN_A_PAGE; nth += 1) {
    const kind = nth % 7 === 0 ? 'question' : 'problem';
    filed.push(await file(desk, { kind, words: nth === 3 ? '后门的垃圾桶满了没人收' : `第 ${nth} 件：楼道灯不亮` }));
  }
});
afterAll(async () => {
  await browser?.close();
  await desk?.end();
});

const rows = (page: Page) => page.locator('a[data-row]');
const focused = (page: Page) => page.evaluate(() => document.activeElement?.textContent ?? '');

test('the queue comes page by page, each case once', async () => {
  const { page, complaints, close } = await officerPage(browser, desk, 'wangmin');
  await rows(page).first().waitFor();
  await page.getByText(`共 ${MORE_THAN_A_PAGE} 件`).waitFor();
  expect(await rows(page).count()).toBe(50);
  await page.getByRole('button', { name: '再看一些' }).click();
  await rows(page)
    .nth(MORE_THAN_A_PAGE - 1)
    .waitFor();
  const shown = await rows(page).allInnerTexts();
  expect(new Set(shown).size).toBe(MORE_THAN_A_PAGE);
  expect(complaints).toEqual([]);
  await close();
});

test('a question asked of the queue stands in the address, and survives a reload and a case in between', async () => {
  const { page, complaints, close } = await officerPage(browser, desk, 'wangmin');
  await page.getByRole('combobox', { name: '类别' }).click();
  await page.getByTitle('咨询').click();
  await page.waitForURL(/kind=question/);
  await page.getByText('共 8 件').waitFor();
  await page.reload();
  await page.getByText('共 8 件').waitFor();
  await rows(page).first().click();
  await page.getByRole('link', { name: '回列表' }).click();
  await page.waitForURL(/kind=question/);
  await page.getByText('共 8 件').waitFor();
  await page.goBack();
  await page.waitForURL(/cases/);
  expect(complaints).toEqual([]);
  await close();
});

test('search finds what was said, and an empty answer offers the way back', async () => {
  const { page, complaints, close } = await officerPage(browser, desk, 'wangmin');
  await page.getByRole('searchbox').fill('垃圾桶');
  await page.getByText('共 1 件').waitFor();
  expect(page.url()).toContain(`q=${encodeURIComponent('垃圾桶')}`);
  await page.getByText('后门的垃圾桶满了没人收').waitFor();
  await page.getByRole('searchbox').fill('没有这样的词');
  await page.getByText('没找到').waitFor();
  await page.getByRole('link', { name: '去掉筛选' }).click();
  await page.getByText(`共 ${MORE_THAN_A_PAGE} 件`).waitFor();
  expect(complaints).toEqual([]);
  await close();
});

test('the whole way by keyboard: down, open, reply, back, search', async () => {
  const { page, complaints, close } = await officerPage(browser, desk, 'wangmin');
  await rows(page).first().waitFor();
  const references = await rows(page).allInnerTexts();
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await page.keyboard.press('k');
  await page.keyboard.press('j');
  expect(await focused(page)).toBe(references[1]);
  await page.keyboard.press('Enter');
  await page.locator('.reference-plain', { hasText: references[1] ?? '' }).waitFor();
  await page.waitForSelector('[data-key=r]');
  await page.keyboard.press('r');
  await page.keyboard.type('jj');
  expect(await page.inputValue('[data-key=r]')).toBe('jj');
  await page.keyboard.press('Tab');
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  await page.keyboard.press('u');
  await rows(page).first().waitFor();
  await page.keyboard.press('/');
  expect(await page.evaluate(() => document.activeElement?.matches('input[type=search]'))).toBe(true);
  await page.keyboard.press('Escape');
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  await page.keyboard.press('?');
  const list = page.getByRole('dialog', { name: '快捷键' });
  await list.waitFor();
  await list.getByRole('switch').click();
  await page.keyboard.press('Escape');
  await list.waitFor({ state: 'hidden' });
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  await page.keyboard.press('j');
  expect(await focused(page)).not.toBe(references[0]);
  expect(complaints).toEqual([]);
  await close();
});

test('a case that comes in appears by itself, and neither the place nor the chosen row is lost', async () => {
  const { page, complaints, close } = await officerPage(browser, desk, 'wangmin', { at: '/?sort=opened' });
  await rows(page).nth(40).waitFor();
  const kept = rows(page).nth(40);
  const reference = (await kept.textContent()) ?? '';
  await kept.focus();
  const before = (await kept.boundingBox())?.y ?? 0;
  const fresh = await file(desk, { kind: 'help', words: '钥匙锁在屋里了' });
  await page.locator(`a[href$="${fresh.reference}"]`).waitFor({ state: 'attached' });
  expect(await focused(page)).toBe(reference);
  const after = (await page.locator('a[data-row]', { hasText: reference }).boundingBox())?.y ?? 0;
  expect(Math.abs(after - before)).toBeLessThan(90);
  expect(complaints).toEqual([]);
  await close();
});

test('on a phone the queue is cards, and nothing is wider than the screen', async () => {
  const { page, complaints, close } = await officerPage(browser, desk, 'wangmin', { width: 390 });
  await page.locator('.card').first().waitFor();
  expect(await page.locator('table').count()).toBe(0);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  await page.locator('.card .due').first().click();
  await page.getByText('为什么是这个期限').waitFor();
  await page
    .locator('.card')
    .nth(2)
    .click({ position: { x: 200, y: 60 } });
  await page.waitForURL(/cases/);
  expect(complaints).toEqual([]);
  await close();
});
