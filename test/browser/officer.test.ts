import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { DeskForTest } from '../desk-for-test.ts';
import { openBrowser } from './browser.ts';
import { deskWithPeople, officerPage, resident, signInOn } from './officer-stage.ts';

let browser: Browser;
let desk: DeskForTest;
beforeAll(async () => {
  [browser, desk] = await Promise.all([openBrowser(), deskWithPeople()]);
});
afterAll(async () => {
  await browser?.close();
  await desk?.end();
});

const reply = '[data-key=r]';
/** Told by somebody else over the API, while the page is open. */
const asOther = async (username: string, reference: string) => {
  const other = await desk.signIn(username);
  const { body } = await other.ask('GET', `/cases/${reference}`);
  return { other, seen: { 'if-match': `"${body.version}"` } };
};

test('an officer takes a case from the queue, replies, and sees whether the resident has it', async () => {
  const neighbour = await resident(desk);
  const reference = await neighbour.reports('楼下烧烤摊半夜还在放音响，老人睡不着');
  const { page, complaints, close } = await officerPage(browser, desk, 'wangmin');
  await page.click(`a.reference[href$="${reference}"]`);
  await page.getByRole('button', { name: '受理，我来办' }).click();
  await page.getByText('经办：王敏').waitFor();
  await page.fill(reply, '今晚十一点我去看，明天上午十点前给您回话。');
  await page.getByText('落款：社区警务队 王敏').waitFor();
  await page.getByRole('button', { name: '发送' }).click();
  const mine = page.locator('.message-officer').last();
  await mine.getByText('等对方打开来看').waitFor();
  await mine.getByText('对方没留联系方式').waitFor();
  await page.getByRole('link', { name: '没送到' }).click();
  await page.locator(`a[href$="${reference}"]`).first().click();
  await mine.waitFor();
  await neighbour.read();
  await mine.getByText('已送到').waitFor();
  expect(await page.inputValue(reply)).toBe('');
  expect(complaints).toEqual([]);
  await close();
});

test('what the resident writes meanwhile appears by itself and is shown over the draft before it goes', async () => {
  const neighbour = await resident(desk);
  const reference = await neighbour.reports('小区的消防通道天天被私家车堵着');
  const { page, complaints, close } = await officerPage(browser, desk, 'wangmin', { at: `/cases/${reference}` });
  await page.getByRole('button', { name: '受理，我来办' }).click();
  await page.fill(reply, '我下午过去看看。');
  await neighbour.adds(reference, '刚才车已经开走了');
  await page.locator('.message-resident').getByText('刚才车已经开走了').waitFor();
  await page.locator('.reply').getByText('您写的时候，情况有变化').waitFor();
  await page.getByRole('button', { name: '仍然发送' }).click();
  await page.locator('.message-officer').getByText('我下午过去看看。').waitFor();
  expect(complaints).toEqual([]);
  await close();
});

test('a draft on an older version is refused with what changed, and goes when sent anyway', async () => {
  const reference = await (await resident(desk)).reports('巷子口的路灯坏了三天，一直没人来修');
  const { page, complaints, close } = await officerPage(browser, desk, 'zhaoqiang', { at: `/cases/${reference}` });
  await page.fill(reply, '今天下午电工来修。');
  // The page is cut off from the news, as behind a bad proxy: only the server can tell it then.
  await page.route(`**/api/v1/cases/${reference}`, (route) => (route.request().method() === 'GET' ? route.abort() : route.continue()));
  const { other, seen } = await asOther('wangmin', reference);
  expect((await other.ask('PUT', `/cases/${reference}/acceptance`, {}, seen)).status).toBe(200);
  await page.getByRole('button', { name: '发送' }).click();
  await page.locator('.reply').getByText('王敏受理了').waitFor();
  expect(await page.inputValue(reply)).toBe('今天下午电工来修。');
  await page.unroute(`**/api/v1/cases/${reference}`);
  await page.getByRole('button', { name: '仍然发送' }).click();
  await page.locator('.message-officer').getByText('今天下午电工来修。').waitFor();
  expect(complaints).toEqual([]);
  await close();
});

test('an answer lost on its way back is not sent twice when the officer presses again', async () => {
  const reference = await (await resident(desk)).reports('小区里有人乱扔烟头');
  const { page, close } = await officerPage(browser, desk, 'zhaoqiang', { at: `/cases/${reference}` });
  let lost = 0;
  await page.route('**/replies', async (route) => {
    if (lost++ > 0) return route.continue();
    await route.fetch();
    return route.abort();
  });
  await page.fill(reply, '已经和物业说了，今晚开始有人巡。');
  await page.getByRole('button', { name: '发送' }).click();
  await page.getByText('连不上服务器').waitFor();
  await page.getByRole('button', { name: /发送/ }).click();
  await page.waitForFunction((field) => document.querySelector<HTMLTextAreaElement>(field)?.value === '', reply);
  await page.reload();
  await page.locator('.message-officer').first().waitFor();
  expect(await page.locator('.message-officer').count()).toBe(1);
  await close();
});

test('an answered case comes back with the resident’s words when it is not solved', async () => {
  const neighbour = await resident(desk);
  const reference = await neighbour.reports('楼上漏水一个月了，天花板都泡烂了');
  const { page, complaints, close } = await officerPage(browser, desk, 'wangmin', { at: `/cases/${reference}` });
  await page.getByRole('button', { name: '受理，我来办' }).click();
  await page.getByText('经办：王敏').waitFor();
  await page.locator('.reply').getByText('正式答复').click();
  await page.getByRole('radio', { name: '解决了', exact: true }).check();
  expect(await page.getByRole('radio', { name: '没能解决' }).isDisabled()).toBe(true);
  await page.fill(reply, '楼上今天换了水管，不会再漏了。');
  await page.getByRole('button', { name: '发出答复' }).click();
  await page.locator('.case-standing').getByText('已答复').waitFor();
  await neighbour.read();
  await neighbour.saysNotSolved(reference, '今天又漏了');
  await page.locator('.timeline').getByText('群众说没解决').waitFor();
  await page.locator('.case-standing').getByText('正在办').waitFor();
  expect(complaints).toEqual([]);
  await close();
});

test('a draft survives a reload and a session that ended, and not a signing out', async () => {
  const reference = await (await resident(desk)).reports('广场舞每天晚上声音太大，孩子没法写作业');
  const { page, close } = await officerPage(browser, desk, 'wangmin', { at: `/cases/${reference}` });
  await page.fill(reply, '写到一半的话');
  await page.reload();
  await page.waitForSelector(reply);
  expect(await page.inputValue(reply)).toBe('写到一半的话');
  await page.context().clearCookies();
  await page.getByRole('button', { name: '受理，我来办' }).click();
  await page.waitForSelector('input[name=username]');
  await signInOn(page, 'wangmin');
  await page.waitForSelector(reply);
  expect(await page.inputValue(reply)).toBe('写到一半的话');
  await page.click('.account');
  await page.getByRole('menuitem', { name: '退出登录' }).click();
  await page.waitForSelector('input[name=username]');
  await signInOn(page, 'wangmin');
  await page.waitForSelector(reply);
  expect(await page.inputValue(reply)).toBe('');
  await close();
});
