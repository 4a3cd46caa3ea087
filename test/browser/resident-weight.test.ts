import { readdirSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openBrowser, openPage } from './browser.ts';
import { buildPage, openStage } from './resident-stage.ts';

const LINE = { downloadThroughput: 50_000, uploadThroughput: 50_000 };
const LATENCY_S = 0.15;

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

  test('takes less than three of its four seconds on a line of 400 kbit/s, and works on a phone four times slower', async () => {
    const stage = await openStage(dir);
    const browser = await openBrowser();
    const { page } = await openPage(browser);
    const session = await page.context().newCDPSession(page);
    await session.send('Emulation.setCPUThrottlingRate', { rate: 4 });
    await session.send('Network.enable');
    let bytes = 0;
    let answers = 0;
    session.on('Network.loadingFinished', ({ encodedDataLength }) => {
      bytes += encodedDataLength;
      answers += 1;
    });
    await session.send('Network.emulateNetworkConditions', { offline: false, latency: LATENCY_S * 1000, ...LINE });
    await page.goto(stage.url, { waitUntil: 'commit' });
    await page.locator('.door').first().click();
    // As if each answer waited for the one before: what the line takes, whatever else the machine does.
    const onTheLine = bytes / LINE.downloadThroughput + answers * LATENCY_S;
    expect(answers).toBeGreaterThan(2);
    expect(onTheLine).toBeLessThan(3);
    await page.locator('.log').waitFor();
    await browser.close();
    await stage.close();
  });
});
