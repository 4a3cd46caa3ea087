import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { DeskForTest } from '../desk-for-test.ts';
import { openBrowser } from './browser.ts';
import { deskWithPeople, officerPage, resident } from './officer-stage.ts';

let browser: Browser;
let desk: DeskForTest;
beforeAll(async () => {
  [browser, desk] = await Promise.all([openBrowser(), deskWithPeople()]);
});
afterAll(async () => {
  await browser?.close();
  await desk?.end();
});

const choose = async (page: Page, act: string) => {
  await page.getByRole('button', { name: '更多' }).click();
  await page.getByRole('menuitem', { name: act }).click();
};

test('passing a case to inspection warns first and takes it out of sight at once', async () => {
  const reference = await (await resident(desk)).reports('窗口的民警收了中介的好处');
  const { page, complaints, close } = await officerPage(browser, desk, 'wangmin');
  await page.click(`a.reference[href$="${reference}"]`);
  await choose(page, '转督察');
  const dialog = page.getByRole('dialog');
  await dialog.getByText('您马上就看不到它了').waitFor();
  await dialog.getByRole('textbox').fill('说的是民警');
  await dialog.getByRole('button', { name: '转督察' }).click();
  await page.getByRole('heading', { name: '案件', level: 1 }).waitFor();
  expect(await page.locator(`a[href$="${reference}"]`).count()).toBe(0);
  await page.goto(`${desk.url}/console/cases/${reference}`);
  await page.getByRole('heading', { name: '没有这个案件' }).waitFor();
  expect(await page.content()).not.toContain('中介');
  expect(complaints).toEqual([]);
  await close();

  const inspector = await officerPage(browser, desk, 'duchen', { at: `/cases/${reference}` });
  await inspector.page.getByText('已密封').first().waitFor();
  await inspector.close();
});

test('contact details come only when asked for, after a word about the record', async () => {
  const counter = await desk.signIn('wangmin');
  const made = await counter.ask('POST', '/cases', {
    kind: 'problem',
    details: '家门口的井盖松了',
    source: 'phone',
    contact: { name: '陈女士', phone: '13900000000' },
  });
  expect(made.status).toBe(201);
  const { page, complaints, close } = await officerPage(browser, desk, 'wangmin', { at: `/cases/${made.body.reference}` });
  await page.getByRole('button', { name: '受理，我来办' }).click();
  await page.getByRole('button', { name: '看联系方式' }).click();
  expect(await page.content()).not.toContain('13900000000');
  await page.getByText('每看一次都会记进审计').waitFor();
  await page.getByRole('button', { name: '知道了，打开' }).click();
  await page.getByRole('link', { name: '13900000000' }).waitFor();
  expect(complaints).toEqual([]);
  await close();

  const lead = await officerPage(browser, desk, 'zhaoqiang', { at: '/audit' });
  await lead.page.getByText('看了联系方式').first().waitFor();
  await lead.close();
});

test('a photo opens large, and a note stays among colleagues', async () => {
  const neighbour = await resident(desk);
  const reference = await neighbour.reports('墙上的电线垂下来了');
  await neighbour.addsAPhoto(reference, '就是这根');
  const { page, complaints, close } = await officerPage(browser, desk, 'wangmin', { at: `/cases/${reference}` });
  const thumb = page.locator('.case-talk .thumb img').first();
  await thumb.waitFor();
  await page.waitForFunction(() => (document.querySelector<HTMLImageElement>('.thumb img')?.naturalWidth ?? 0) > 0);
  await thumb.click();
  await page.locator('img.lightbox').waitFor();
  await page.keyboard.press('Escape');
  await page.locator('img.lightbox').waitFor({ state: 'hidden' });
  await page.fill('[data-key=n]', '供电所的电话是老周那个。');
  await page.getByRole('button', { name: '记下' }).click();
  await page.locator('.notes').getByText('供电所').waitFor();
  expect((await neighbour.chat.lines()).some(({ text }) => text.includes('供电所'))).toBe(false);
  expect(complaints).toEqual([]);
  await close();
});

test('what is written down at the counter gets a reference and a code, shown once', async () => {
  const { page, complaints, close } = await officerPage(browser, desk, 'wangmin', { at: '/new' });
  await page.getByLabel('什么事').fill('老人说水表坏了，不会用手机');
  await page.getByLabel('姓名').fill('周奶奶');
  await page.getByRole('button', { name: '登记' }).click();
  await page.getByText('查询码（只显示这一次）').waitFor();
  const [reference = '', code = ''] = await page.locator('.once code').allInnerTexts();
  const looking = await resident(desk);
  const found = await looking.chat.ask('POST', '/chat/lookup', { reference, code });
  expect(found.status).toBe(200);
  await page.getByRole('link', { name: '打开这件' }).click();
  await page.getByRole('heading', { name: '老人说水表坏了，不会用手机' }).waitFor();
  expect(await page.content()).not.toContain(code);
  expect(complaints).toEqual([]);
  await close();
});

test('a lead hands a case to somebody, who finds it among their own', async () => {
  const reference = await (await resident(desk)).reports('楼道里堆满了纸箱');
  const { page, complaints, close } = await officerPage(browser, desk, 'zhaoqiang', { at: `/cases/${reference}` });
  await choose(page, '交给谁办');
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('combobox').click();
  await page.getByTitle('李雷').click();
  await dialog.getByRole('button', { name: '交办' }).click();
  await page.locator('.timeline').getByText('赵强交给李雷办').waitFor();
  expect(complaints).toEqual([]);
  await close();

  const mine = await officerPage(browser, desk, 'lilei', { at: '/?assignee=me' });
  await mine.page.locator(`a[href$="${reference}"]`).waitFor();
  await mine.close();
});
