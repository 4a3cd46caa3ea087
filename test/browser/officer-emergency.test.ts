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

/** Counts the tones the page makes. */
const listenForTones = (page: Page) =>
  page.evaluate(() => {
    const heard = window as unknown as { tones: number };
    heard.tones = 0;
    const make = AudioContext.prototype.createOscillator;
    AudioContext.prototype.createOscillator = function (this: AudioContext) {
      heard.tones += 1;
      return make.call(this);
    };
  });
const tones = (page: Page) => page.evaluate(() => (window as unknown as { tones: number }).tones);

test('danger shows on every page at once and rings for whoever is on duty, until somebody takes it', async () => {
  const onDuty = await officerPage(browser, desk, 'wangmin', { at: '/new' });
  const offDuty = await officerPage(browser, desk, 'zhaoqiang', { width: 390 });
  await onDuty.page.getByRole('switch', { name: '我在岗' }).click();
  await onDuty.page.getByText('在岗', { exact: true }).waitFor();
  await listenForTones(onDuty.page);
  await listenForTones(offDuty.page);

  const neighbour = await resident(desk);
  await neighbour.send({ type: 'text', text: '救命，有人拿刀在砸我家的门' });
  await onDuty.page.getByText('有人可能正有危险').waitFor();
  await onDuty.page.getByText('救命，有人拿刀在砸我家的门').waitFor();
  await offDuty.page.getByText('有人可能正有危险').waitFor();
  await onDuty.page.waitForFunction(() => (window as unknown as { tones: number }).tones > 0);
  expect(await tones(offDuty.page)).toBe(0);

  await onDuty.page.getByRole('button', { name: '我来处理' }).click();
  await onDuty.page.getByText('有人可能正有危险').waitFor({ state: 'hidden' });
  await offDuty.page.getByText('有人可能正有危险').waitFor({ state: 'hidden' });
  const after = await tones(onDuty.page);
  await onDuty.page.waitForTimeout(2_500);
  expect(await tones(onDuty.page)).toBe(after);
  expect([...onDuty.complaints, ...offDuty.complaints]).toEqual([]);
  await onDuty.close();
  await offDuty.close();
});

test('an emergency never reaches an administrator’s page', async () => {
  const { page, close } = await officerPage(browser, desk, 'guanli');
  await (await resident(desk)).send({ type: 'text', text: '救命，着火了，出不去' });
  await page.waitForTimeout(1_500);
  expect(await page.content()).not.toContain('着火了');
  await close();
});
