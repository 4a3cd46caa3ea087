import { mkdirSync, mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBrowser, openPage, untranslated, violations } from '../browser/browser.ts';
import { signInOn } from '../browser/officer-stage.ts';
import { type DeskForTest, startForTest } from '../desk-for-test.ts';
import { tiexin } from './run.ts';

/** README's pictures of a busy queue. */
const SCREENSHOTS = new URL('../../docs/screenshots', import.meta.url).pathname;

let dataDir: string;
let desk: DeskForTest;
let browser: Browser;
let password: string;
beforeAll(async () => {
  mkdirSync(SCREENSHOTS, { recursive: true });
  dataDir = mkdtempSync(join(tmpdir(), 'tiexin-demo-look-'));
  const made = await tiexin(dataDir, ['demo'], { env: { DEFAULT_LOCALE: 'zh-CN' } });
  password = /密码都是 (\S+)/.exec(made.out)?.[1] ?? '';
  desk = await startForTest({ dataDir });
  browser = await openBrowser();
});
afterAll(async () => {
  await browser?.close();
  await desk?.stop();
  await rm(dataDir, { recursive: true, force: true });
});

test("the demo's queue and a case of it look as a station's would, and say nothing untranslated", async () => {
  const { page, complaints, close } = await openPage(browser, { viewport: { width: 1440, height: 900 } });
  await page.goto(`${desk.url}/console`);
  await signInOn(page, 'lin', password);
  await page.waitForSelector('text=没人接');
  await page.waitForTimeout(300);
  expect(await untranslated(page)).toEqual([]);
  expect(await violations(page)).toEqual([]);
  await page.screenshot({ path: join(SCREENSHOTS, 'demo-queue.png') });

  const { ask } = await desk.signIn('lin', password);
  const { body } = await ask('GET', '/cases?status=in-progress&limit=200');
  const line = body.items.find(({ summary }: { summary: string }) => summary.includes('停在自己车位被刮'));
  await page.goto(`${desk.url}/console/cases/${line.reference}`);
  await page.waitForSelector('text=我明天上午十点和您一起去物业看');
  await page.waitForTimeout(300);
  expect(await untranslated(page)).toEqual([]);
  await page.screenshot({ path: join(SCREENSHOTS, 'demo-case.png') });
  expect(complaints).toEqual([]);
  await close();
});
