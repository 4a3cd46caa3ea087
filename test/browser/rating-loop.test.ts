import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { DeskForTest } from '../desk-for-test.ts';
import { openBrowser, openPage, untranslated } from './browser.ts';
import { deskWithPeople, type Locale, locales, officerPage } from './officer-stage.ts';

const told = {
  'zh-CN': { details: '楼下烧烤店夜里两点还在放音响', answer: '说好了，十点以后不放。', found: '听了录音，是说了“别多事”。' },
  en: { details: 'The barbecue place downstairs plays music until two', answer: 'Agreed: no music after ten.', found: 'He did say so.' },
} as const;
const PHONE = '13800138000';

let browser: Browser;
let desk: DeskForTest;
beforeAll(async () => {
  [browser, desk] = await Promise.all([openBrowser(), deskWithPeople()]);
});
afterAll(async () => {
  await browser?.close();
  await desk?.end();
});

/** The resident's phone, with what one does on it. */
async function phone(locale: Locale) {
  const { page, complaints, close } = await openPage(browser, { locale, viewport: { width: 390, height: 844 } });
  const say = (key: string, values?: Record<string, string>) => desk.words.t(key, locale, values);
  const write = async (words: string) => {
    await page.getByRole('textbox', { name: say('webchat:write.label') }).fill(words);
    await page.getByRole('button', { name: say('webchat:write.send'), exact: true }).click();
  };
  return {
    page,
    complaints,
    close,
    write,
    hear: (key: string, values?: Record<string, string>) =>
      page
        .getByText(say(key, values).split('\n')[0] ?? '', { exact: false })
        .last()
        .waitFor(),
    tap: (key: string) =>
      page
        .getByRole('button', { name: say(key), exact: true })
        .last()
        .click(),
    reference: async () =>
      [...(await page.evaluate(() => document.body.textContent ?? '')).matchAll(/[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}/g)].map(
        ([shown]) => shown,
      ),
  };
}

test.each(locales)('from an answered case to a low rating, its follow-up with a call, and the rating after it (%s)', async (locale) => {
  const { details, answer, found } = told[locale];
  const say = (key: string) => desk.words.t(key, locale);
  const resident = await phone(locale);
  const { page, tap, hear, write } = resident;
  await page.goto(desk.url);
  await tap('webchat:own.yes');
  await page
    .getByRole('button', { name: say('webchat:door.report') })
    .last()
    .click();
  await hear('report:details.ask');
  for (const words of [details, 'problem', 'other', 'skip', 'skip', 'hidden', 'file']) {
    await write(words);
    await page.getByText(words, { exact: true }).last().waitFor();
  }
  await page.getByText(say('webchat:secret.code')).last().waitFor();
  const [shown = ''] = await resident.reference();
  const reference = shown.replace('-', '');

  const rated = await desk.signIn('wangmin');
  const { body } = await rated.ask('GET', `/cases/${reference}`);
  await rated.ask('PUT', `/cases/${reference}/answer`, { outcome: 'resolved', text: answer }, { 'if-match': `"${body.version}"` });
  await page.getByText(answer).waitFor();
  for (const key of ['mine:does.solved', 'desk:rate.go', 'rate:level.option.1', 'rate:missed.option.unfriendly', 'flow:button.done']) {
    await page
      .getByRole('button', { name: say(key), exact: true })
      .last()
      .waitFor();
    await tap(key);
  }
  await hear('rate:comment.ask');
  await tap('flow:button.skip');
  await hear('rate:review.ask');
  await tap('rate:review.option.file');
  await hear('follow-up:how.ask');
  await tap('follow-up:how.option.call');
  await hear('follow-up:phone.ask');
  await write(PHONE);
  await hear('follow-up:name.ask');
  await tap('flow:button.skip');
  await hear('follow-up:words.ask');
  await tap('flow:button.skip');
  await hear('follow-up:review.ask');
  await tap('follow-up:review.option.file');
  await hear('desk:filed.follow-up-call');
  expect(await untranslated(page)).toEqual([]);

  const lead = await desk.signIn('zhaoqiang');
  const { body: queue } = await lead.ask('GET', '/cases?kind=follow-up&sort=opened');
  const made = queue.items.find((item: { status: string }) => item.status === 'opened').reference;
  expect(await resident.reference()).toContain(`${made.slice(0, 4)}-${made.slice(4)}`);
  expect((await rated.ask('GET', `/cases/${made}`)).status).toBe(404);
  expect((await lead.ask('GET', `/cases/${made}`)).body).toMatchObject({ named: '王敏' });

  const office = await officerPage(browser, desk, 'zhaoqiang', { locale, at: `/cases/${made}` });
  const desktop = office.page;
  await desktop.getByRole('button', { name: say('console:act.accept.do') }).click();
  await desktop.getByRole('button', { name: say('console:act.more') }).click();
  await desktop.getByRole('menuitem', { name: say('console:act.menu.verify') }).click();
  const dialog = desktop.getByRole('dialog');
  await dialog.getByRole('combobox').click();
  await desktop.getByTitle(say('console:finding.confirmed'), { exact: true }).click();
  await dialog.getByRole('textbox').fill(found);
  await dialog.getByRole('button', { name: say('console:act.verify.do'), exact: true }).click();
  await dialog.waitFor({ state: 'hidden' });
  await desktop.getByText(say('console:reply.as.answer'), { exact: true }).click();
  await desktop.getByText(say('console:outcome.resolved'), { exact: true }).click();
  await desktop.getByLabel(say('console:reply.answerText')).fill(found);
  await desktop.getByRole('button', { name: say('console:reply.sendAnswer') }).click();
  await desktop.getByText(say('problem:call-first.detail')).waitFor();
  const { body: now } = await lead.ask('GET', `/cases/${made}`);
  await lead.ask('POST', `/cases/${made}/notes`, { text: '10:20' }, { 'idempotency-key': `called-${locale}` });
  expect(now.finding).toBe('confirmed');
  await desktop.getByRole('button', { name: say('console:reply.sendAnswer') }).click();

  await page.getByText(found).last().waitFor();
  for (const key of ['mine:does.solved', 'desk:rate.go', 'rate:level.option.4']) {
    await page
      .getByRole('button', { name: say(key), exact: true })
      .last()
      .waitFor();
    await page.waitForTimeout(300);
    await tap(key);
  }
  await hear('rate:liked.ask');
  await tap('flow:button.skip');
  await hear('rate:comment.ask');
  await tap('flow:button.skip');
  await hear('rate:review.ask');
  await tap('rate:review.option.file');
  await hear('desk:rate.thanks');
  expect([...resident.complaints, ...office.complaints.filter((one) => !/409/.test(String(one)))]).toEqual([]);
  await resident.close();
  await office.close();
});
