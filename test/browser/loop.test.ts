import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type DeskForTest, PASSWORD, startForTest } from '../desk-for-test.ts';
import { openBrowser, openPage, untranslated } from './browser.ts';

/** README's pictures: made anew by each run, so that they show what is. */
const SCREENSHOTS = new URL('../../docs/screenshots', import.meta.url).pathname;

const told = {
  'zh-CN': {
    details: '楼下烧烤店每天吵到半夜两点，家里老人睡不着',
    answer: '王阿姨，今晚十点我和社区的人一起去店里，要求他们十点半前收摊。明天上午十点我在这里告诉您结果。',
    wrong: '昨晚十二点又开始了，还是一样吵',
    picture: { resident: 'resident-zh.png', queue: 'console-queue.png', case: 'console-case.png' },
  },
  en: {
    details: 'The barbecue place downstairs is loud until two every night and my mother cannot sleep',
    answer:
      'At ten tonight I go there with the neighbourhood committee and ask them to close by half past ten. Tomorrow at ten I tell you here how it went.',
    wrong: 'It started again at midnight, just as loud',
    picture: { resident: 'resident-en.png', queue: 'console-queue-en.png', case: 'console-case-en.png' },
  },
} as const;

let desk: DeskForTest;
let browser: Browser;
let photo: string;

beforeAll(async () => {
  mkdirSync(SCREENSHOTS, { recursive: true });
  photo = join(mkdtempSync(join(tmpdir(), 'photo-')), 'stall.jpg');
  const picture = sharp({ create: { width: 1200, height: 900, channels: 3, background: '#4a5a3a' } });
  const where = { GPSLatitudeRef: 'N', GPSLatitude: '31/1 14/1 3/1', GPSLongitudeRef: 'E', GPSLongitude: '121/1 28/1 9/1' };
  writeFileSync(photo, await picture.withExif({ IFD3: where }).jpeg().toBuffer());
  desk = await startForTest();
  await desk.addOfficer('wang', 'officer', 'community', '王宁');
  await desk.addOfficer('chen', 'lead', 'station', '陈立');
  browser = await openBrowser();
});

afterAll(async () => {
  await browser?.close();
  await desk?.end();
});

/** No page may ask again and again, and none may leave: what is shown came over the stream. */
async function watch(page: Page): Promise<{ asked: string[]; navigated: string[] }> {
  const seen = { asked: [] as string[], navigated: [] as string[] };
  await page.route(/\/chat\/messages\?/, (route) => {
    seen.asked.push(route.request().url());
    return route.abort();
  });
  page.on('framenavigated', (frame) => {
    if (frame === page.mainFrame()) seen.navigated.push(frame.url());
  });
  return seen;
}

describe.each(Object.keys(told) as (keyof typeof told)[])('in %s', (locale) => {
  const say = (key: string, values?: Record<string, string>) => desk.words.t(key, locale, values);

  test('a complaint with a photo goes in, its answer comes back within two seconds, and "not solved" stands on a lead’s list', async () => {
    const { details, answer, wrong, picture } = told[locale];

    const resident = await openPage(browser, { locale });
    const page = resident.page;
    const tap = (label: string) => page.getByRole('button', { name: label, exact: true }).last().click();
    const hear = (words: string) => page.getByText(words, { exact: false }).last().waitFor();
    const write = async (words: string) => {
      await page.getByRole('textbox', { name: say('webchat:write.label') }).fill(words);
      await page.getByRole('button', { name: say('webchat:write.send'), exact: true }).click();
    };

    await page.goto(desk.url);
    await page.getByRole('button', { name: say('webchat:door.report') }).waitFor();
    await page.screenshot({ path: join(SCREENSHOTS, picture.resident) });
    await tap(say('webchat:own.yes'));
    await page
      .getByRole('button', { name: say('webchat:door.report') })
      .last()
      .click();
    await hear(say('report:details.ask'));
    await write(details);
    await hear(say('report:what.ask'));
    await tap(say('report:what.option.problem'));
    await hear(say('report:topic.ask'));
    await tap(locale === 'en' ? 'Noise' : '噪音');
    await hear(say('report:place.ask'));
    await tap(say('flow:button.skip'));
    await hear(say('report:photos.ask', { max: '9' }));
    const choosing = page.waitForEvent('filechooser');
    await page
      .getByRole('button', { name: say('webchat:photos.button') })
      .last()
      .click();
    await (await choosing).setFiles(photo);
    await page.getByRole('button', { name: say('webchat:photos.send', { count: '1' }) }).click();
    await hear(say('flow:button.done'));
    await tap(say('flow:button.done'));
    await hear(say('report:identity.ask'));
    await tap(say('report:identity.option.hidden'));
    await tap(say('report:review.option.file'));
    await page.getByText(say('webchat:secret.code')).last().waitFor();
    const shown = await page.evaluate(() => document.body.textContent ?? '');
    const [reference = ''] = /[0-9A-Z]{4}-[0-9A-Z]{4}/.exec(shown) ?? [];
    expect(reference).not.toBe('');
    expect(await untranslated(page)).toEqual([]);

    const officer = await openPage(browser, { locale, viewport: { width: 1440, height: 900 } });
    const work = officer.page;
    await work.goto(`${desk.url}/console`);
    await work.getByLabel(say('console:signIn.username')).fill('wang');
    await work.getByLabel(say('console:signIn.password')).fill(PASSWORD);
    await work.getByRole('button', { name: say('console:signIn.enter') }).click();
    await work.getByText(details.slice(0, 12)).first().waitFor();
    await work.screenshot({ path: join(SCREENSHOTS, picture.queue) });
    await work.getByText(details.slice(0, 12)).first().click();
    await work.getByText(say('console:reply.as.answer'), { exact: true }).waitFor();
    expect(await work.evaluate(() => document.body.textContent)).toContain(reference);

    // The officer's copy of the photo says nothing of where it was taken.
    const bytes = await work.evaluate(async () => {
      const picture = document.querySelector<HTMLImageElement>('img[src*="attachments"], img[src^="blob:"]');
      const answer = await fetch(picture?.src ?? '');
      return [...new Uint8Array(await answer.arrayBuffer())];
    });
    const { format, width, exif } = await sharp(Uint8Array.from(bytes)).metadata();
    expect({ format, width, exif }).toEqual({ format: 'jpeg', width: 1200, exif: undefined });

    const seen = await watch(page);
    await work.getByText(say('console:reply.as.answer'), { exact: true }).click();
    await work.getByText(say('console:outcome.resolved'), { exact: true }).click();
    await work.getByLabel(say('console:reply.answerText')).fill(answer);
    const sent = Date.now();
    await work.getByRole('button', { name: say('console:reply.sendAnswer') }).click();
    await page.getByText(answer).waitFor({ timeout: 2_000 });
    expect(Date.now() - sent).toBeLessThan(2_000);
    expect(seen).toEqual({ asked: [], navigated: [] });
    await work.getByText(answer).first().waitFor();
    await work.screenshot({ path: join(SCREENSHOTS, picture.case) });
    expect(await untranslated(work)).toEqual([]);

    await hear(say('casework:solved', { reference }));
    await tap(say('mine:does.unsolved'));
    await hear(say('unsolved:wrong.ask'));
    await write(wrong);
    await hear(say('unsolved:sameOfficer.ask'));
    await tap(say('unsolved:sameOfficer.option.no'));
    await hear(reference);

    const lead = await desk.signIn('chen');
    const { body } = await lead.ask('GET', '/cases?assignee=none&status=open');
    const line = body.items.find((item: { reference: string }) => item.reference === reference.replace('-', ''));
    expect(line).toMatchObject({ status: 'in-progress', assignee: null });
    const view = await lead.ask('GET', `/cases/${line.reference}`);
    expect(view.body.events.at(-1)).toMatchObject({ verb: 'said-not-solved', by: 'resident', reason: wrong });

    expect([...resident.complaints, ...officer.complaints]).toEqual([]);
    await resident.close();
    await officer.close();
  });
});
