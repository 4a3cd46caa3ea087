import type { Browser } from 'playwright-core';
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

test('an officer takes a case from the queue, replies, and sees whether the resident has it', async () => {
  const neighbour = await resident(desk);
  const reference = await neighbour.reports('楼下烧烤摊半夜还在放音响，老人睡不着');
  const { page, complaints, close } = await officerPage(browser, desk, 'wangmin');
  await page.click(`a.reference[href$="${reference}"]`);
  await page.getByRole('button', { name: '受理，我来办' }).click();
  await page.getByText('经办：王敏').waitFor();
  await page.fill('[data-key=r]', '今晚十一点我去看，明天上午十点前给您回话。');
  await page.screenshot({ path: '/tmp/console-dev/out/real-case.png', fullPage: true });
  await page.getByRole('button', { name: '发送' }).click();
  const mine = page.locator('.message-officer').last();
  await mine.getByText('等对方打开网页').waitFor();
  await neighbour.read();
  await mine.getByText('已送到').waitFor();
  expect(await page.inputValue('[data-key=r]')).toBe('');
  expect(complaints).toEqual([]);
  await close();
});
