import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { DeskForTest } from '../desk-for-test.ts';
import { openBrowser, openPage } from './browser.ts';
import { deskWithPeople, officerPage, signInOn } from './officer-stage.ts';

let browser: Browser;
let desk: DeskForTest;
beforeAll(async () => {
  [browser, desk] = await Promise.all([openBrowser(), deskWithPeople()]);
});
afterAll(async () => {
  await browser?.close();
  await desk?.end();
});

test('an account’s one-time password is shown once, opens the door once, and is changed before anything else', async () => {
  const { page, complaints, close } = await officerPage(browser, desk, 'guanli', { at: '/officers' });
  await page.getByRole('button', { name: '加一个账号' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('用户名').fill('Chen Xi');
  await dialog.getByLabel('公开姓名').fill('陈曦');
  await dialog.getByRole('button', { name: '建账号' }).click();
  await dialog.locator('.field .wrong').first().waitFor();
  await dialog.getByLabel('用户名').fill('chenxi');
  await dialog.getByRole('button', { name: '建账号' }).click();
  const word = (await page.locator('.once code').textContent()) ?? '';
  await page.getByRole('button', { name: '记下了' }).click();
  await page.getByRole('cell', { name: '陈曦', exact: true }).waitFor();
  expect(await page.content()).not.toContain(word);
  expect(complaints).toEqual([]);

  const fresh = await openPage(browser, { viewport: { width: 390, height: 844 } });
  await fresh.page.goto(`${desk.url}/console`);
  await fresh.page.fill('input[name=username]', 'chenxi');
  await fresh.page.fill('input[name=password]', word);
  await fresh.page.click('button[type=submit]');
  await fresh.page.getByRole('heading', { name: '先设一个新密码' }).waitFor();
  const fields = fresh.page.locator('input[type=password]');
  await fields.nth(0).fill(word);
  await fields.nth(1).fill('short');
  await fields.nth(2).fill('other');
  await fresh.page.getByRole('button', { name: '保存新密码' }).click();
  await fresh.page.getByText('太短了').waitFor();
  await fields.nth(1).fill('四个不相干的词:河马-台灯');
  await fields.nth(2).fill('四个不相干的词:河马-台灯');
  await fresh.page.getByRole('button', { name: '保存新密码' }).click();
  await fresh.page.getByRole('heading', { name: '案件' }).waitFor();
  expect(fresh.complaints).toEqual([]);

  await page.getByRole('button', { name: '修改 陈曦' }).click();
  await page.getByRole('dialog').getByRole('button', { name: '停用' }).click();
  await page.getByRole('row', { name: /陈曦/ }).getByText('停用').waitFor();
  await fresh.page.waitForSelector('input[name=username]');
  await fresh.close();
  await close();
});

test('a wrong password is answered in words, and says nothing of which was wrong', async () => {
  const { page, complaints, close } = await openPage(browser);
  await page.goto(`${desk.url}/console`);
  const tell = async (username: string) => {
    await page.fill('input[name=username]', username);
    await page.fill('input[name=password]', 'wrong-password');
    await page.click('button[type=submit]');
    await page.waitForFunction(() => document.querySelector<HTMLInputElement>('input[name=password]')?.value === '');
    return page.getByRole('alert').first().textContent();
  };
  expect(await tell('wangmin')).toBe(await tell('nobody-here'));
  expect(complaints).toEqual([]);
  await close();
});

test('the administrator’s first page is the checklist, and each step is saved by itself', async () => {
  const { page, complaints, close } = await officerPage(browser, desk, 'guanli');
  await page.getByRole('heading', { name: '开张前的几件事' }).waitFor();
  await page.getByLabel('派出所名称').fill('青柳派出所（新）');
  await page.getByRole('button', { name: '保存' }).first().click();
  await page.getByText('保存好了').waitFor();
  const monday = page.getByRole('textbox', { name: '星期一第 1 段，到' });
  await monday.fill('07:00');
  await page.getByRole('button', { name: '保存' }).nth(1).click();
  await page.locator('.hours-day .wrong').waitFor();
  await monday.fill('11:30');
  await page.getByRole('button', { name: '保存' }).nth(1).click();
  await page.locator('.hours-day .wrong').waitFor({ state: 'hidden' });
  await page.reload();
  expect(await page.getByRole('textbox', { name: '星期一第 1 段，到' }).inputValue()).toBe('11:30');
  expect(await page.getByLabel('派出所名称').inputValue()).toBe('青柳派出所（新）');
  expect(complaints).toEqual([]);
  await close();
});

test('while there is no inspector the checklist shows the command that adds the first', async () => {
  const alone = await deskWithPeople({ without: 'inspector' });
  const { page, complaints, close } = await officerPage(browser, alone, 'guanli');
  await page.getByText('officer add --role inspector').waitFor();
  expect(complaints).toEqual([]);
  await close();
  await alone.end();
});

test('no role finds a page that is not theirs', async () => {
  for (const [username, path] of [
    ['wangmin', '/officers'],
    ['wangmin', '/audit'],
    ['guanli', '/cases/ABCD2345'],
    ['zhaoqiang', '/ratings'],
  ] as const) {
    const { page, close } = await officerPage(browser, desk, username, { at: path });
    await page.getByRole('heading', { name: '没有这个页面' }).waitFor();
    await close();
  }
});

test('the language changes at once and is kept', async () => {
  const { page, complaints, close } = await officerPage(browser, desk, 'wangmin');
  await page.click('.account');
  await page.getByRole('menuitem', { name: 'English' }).click();
  await page.getByRole('heading', { name: 'Cases' }).waitFor();
  expect(await page.evaluate(() => document.documentElement.lang)).toBe('en');
  await page.reload();
  await page.getByRole('heading', { name: 'Cases' }).waitFor();
  await signInElsewhere();
  expect(complaints).toEqual([]);
  await close();

  async function signInElsewhere() {
    await page.context().clearCookies();
    await page.reload();
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    await signInOn(page, 'wangmin');
  }
});
