import { readdirSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openBrowser, openPage } from './browser.ts';
import { buildPage, openStage } from './resident-stage.ts';

let dir: string;
beforeAll(async () => {
  dir = await buildPage();
}, 60_000);
afterAll(() => rm(dir, { recursive: true, force: true }));

describe("the resident's page", () => {
  test('is one script of less than 60 KB, compressed, and nothing stands in the page itself', () => {
    const assets = readdirSync(join(dir, 'assets'));
    const scripts = assets.filter((name) => name.endsWith('.js'));
    expect(scripts).toHaveLength(1);
    expect(gzipSync(readFileSync(join(dir, 'assets', scripts[0] ?? ''))).length).toBeLessThan(60 * 1024);
    const html = readFileSync(join(dir, 'index.html'), 'utf8');
    expect(html).not.toMatch(/<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=/);
    for (const [tag] of html.matchAll(/<script[^>]*>|<link[^>]*stylesheet[^>]*>/g)) expect(tag).toContain('nonce="__NONCE__"');
    expect(html).toMatch(/<noscript>[\s\S]*12110[\s\S]*12110[\s\S]*<\/noscript>/);
  });

  test('can be used within four seconds on a phone four times slower over 400 kbit/s', async () => {
    const stage = await openStage(dir);
    const browser = await openBrowser();
    const times: number[] = [];
    // Best of three: what else the machine does only adds to it.
    for (let turn = 0; turn < 3; turn += 1) {
      const { page, close } = await openPage(browser);
      const session = await page.context().newCDPSession(page);
      await session.send('Emulation.setCPUThrottlingRate', { rate: 4 });
      await session.send('Network.enable');
      const line = { offline: false, latency: 150, downloadThroughput: 50_000, uploadThroughput: 50_000 };
      await session.send('Network.emulateNetworkConditions', line);
      const begun = performance.now();
      await page.goto(stage.url, { waitUntil: 'commit' });
      await page.locator('.door').first().click();
      times.push(performance.now() - begun);
      await page.locator('.log').waitFor();
      await close();
    }
    await browser.close();
    await stage.close();
    expect(Math.min(...times)).toBeLessThan(4_000);
  });
});
