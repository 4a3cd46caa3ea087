import type { Browser, Page } from 'playwright-core';
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
const choose = async (page: Page, act: string) => {
  await page.getByRole('button', { name: '更多' }).click();
  await page.getByRole('menuitem', { name: act }).click();
};
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
  await mine.getByText('等对方打开网页').waitFor();
  await mine.getByText('对方没留联系方式').waitFor();
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
  await inspector.page.getByText('已封存').first().waitFor();
  await inspector.close();
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
