import { afterEach, beforeEach, expect, test } from 'vitest';
import { type DeskForTest, startForTest } from '../../desk-for-test.ts';
import { type Account, type Resident, startWechat } from '../../wechat/account.ts';

/** Monday 12 October 2026, 09:00 in Shanghai: a working morning. */
const MORNING = Date.UTC(2026, 9, 12, 1);
const HOUR = 3_600_000;

let clock: { now: number };
let account: Account;
let desk: DeskForTest;
beforeEach(async () => {
  clock = { now: MORNING };
  account = await startWechat({ clock: () => clock.now, token: 'tiexinTestToken' });
  desk = await startForTest({
    env: {
      WECHAT_APP_ID: account.appId,
      WECHAT_APP_SECRET: account.appSecret,
      WECHAT_TOKEN: account.token,
      WECHAT_ENCODING_AES_KEY: account.encodingAesKey,
      WECHAT_API_ROOT: account.url,
    },
    around: { now: () => clock.now },
  });
  await account.configure(`${desk.url}/wechat/webhook`);
  await desk.addOfficer('li', 'officer', 'community', '李明');
});
afterEach(async () => {
  await desk.end();
  await account.close();
});

const quiet = async () => {
  await account.settled();
  for (let pending = 1; pending > 0; ) {
    pending = (await desk.store.health()).pendingByChannel.wechat ?? 0;
    await account.settled({ quietMs: 60 });
  }
};
const says = async (resident: Resident, ...words: readonly string[]) => {
  for (const word of words) {
    clock.now += 1_000;
    resident.say(word);
    await quiet();
  }
};
/** A whole report by typed words and numbers alone; answers its reference. */
const reports = async (resident: Resident, story: string): Promise<string> => {
  await says(resident, '说件事', story, 'problem', 'other', '跳过', '跳过', '1', '1');
  const reference = /编号 ([0-9A-Z]{4})-([0-9A-Z]{4})/.exec(resident.texts().at(-1) ?? '');
  if (!reference) throw new Error(`nothing was filed: ${resident.texts().slice(-2).join('\n')}`);
  return `${reference[1]}${reference[2]}`;
};
const replies = async (reference: string, text: string) => {
  const li = await desk.signIn('li');
  const { body } = await li.ask('GET', `/cases/${reference}`);
  const answer = await li.ask('POST', `/cases/${reference}/replies`, { text }, { 'if-match': `"${body.version}"` });
  expect(answer.status).toBe(201);
  await quiet();
};
const deliveries = async (reference: string) => {
  const li = await desk.signIn('li');
  const { body } = await li.ask('GET', `/cases/${reference}`);
  return body.messages
    .filter(({ from }: { from: string }) => from === 'officer')
    .map(({ text, delivery }: { text: string; delivery: { state: string; reason: string | null } }) => [
      text,
      delivery.state,
      delivery.reason,
    ]);
};

test('an answer within two days arrives; one too late is held, the officer sees why, and the resident’s next word brings it first', async () => {
  const resident = account.user({ follows: false });
  resident.follow();
  await quiet();
  const reference = await reports(resident, '楼下烧烤店夜里两点还在放音响');
  await replies(reference, '今晚八点我去看。');
  expect(resident.last()).toMatchObject({ via: 'custom', text: expect.stringContaining('今晚八点我去看。') });
  clock.now += 49 * HOUR;
  await replies(reference, '店家答应十点关音响。');
  expect(await deliveries(reference)).toEqual([
    ['今晚八点我去看。', 'sent', null],
    ['店家答应十点关音响。', 'held', 'window-shut'],
  ]);
  const before = resident.messages().length;
  await says(resident, '有消息吗');
  const after = resident.messages().slice(before);
  expect(after[0]).toMatchObject({ via: 'passive', text: expect.stringMatching(/^店家答应十点关音响。/) });
  expect((await deliveries(reference)).at(-1)).toEqual(['店家答应十点关音响。', 'sent', null]);
});

test('an account that may not start a talk still brings every answer, with the resident’s next word', async () => {
  account.withhold('message/custom/send');
  const resident = account.user();
  const reference = await reports(resident, '楼下烧烤店夜里两点还在放音响');
  await replies(reference, '今晚八点我去看。');
  await replies(reference, '店家答应十点关音响。');
  expect((await deliveries(reference)).map(([, ...how]: string[]) => how)).toEqual([
    ['held', 'no-right'],
    ['held', 'no-right'],
  ]);
  await says(resident, '我的事', '您好');
  const told = resident.texts().slice(-2);
  expect(told[0]).toMatch(/^今晚八点我去看。[\s\S]*店家答应十点关音响。/);
  expect(told[1]).toContain('您想做什么');
  expect((await deliveries(reference)).map(([, state]: string[]) => state)).toEqual(['sent', 'sent']);
});

test('the sixth answer waits for the resident', async () => {
  const resident = account.user();
  const reference = await reports(resident, '楼下烧烤店夜里两点还在放音响');
  for (const n of [1, 2, 3, 4, 5, 6]) await replies(reference, `第 ${n} 句`);
  const states = (await deliveries(reference)).map(([, state]: string[]) => state);
  expect(states).toEqual(['sent', 'sent', 'sent', 'sent', 'sent', 'held']);
  expect(account.calls.filter(({ errcode }) => errcode === 45047)).toEqual([]);
});

test('whoever stops following is sent nothing more, and the officer sees it', async () => {
  const resident = account.user();
  const reference = await reports(resident, '楼下烧烤店夜里两点还在放音响');
  resident.unfollow();
  await quiet();
  await replies(reference, '修好了。');
  expect((await deliveries(reference)).at(-1)?.slice(0, 2)).toEqual(['修好了。', 'blocked']);
  expect(account.calls.filter(({ payload }) => JSON.stringify(payload).includes('修好了'))).toEqual([]);
});

test('a photo arrives in the case, a voice note with what was heard in it', async () => {
  const resident = account.user();
  await says(resident, '说件事', '楼下烧烤店夜里两点还在放音响', 'problem', 'other', '跳过');
  resident.image();
  await quiet();
  resident.voice({ recognition: '就在青柳巷口' });
  await quiet();
  await says(resident, '好了', '1', '1');
  const reference = /编号 ([0-9A-Z]{4})-([0-9A-Z]{4})/.exec(resident.texts().at(-1) ?? '');
  const li = await desk.signIn('li');
  const { body } = await li.ask('GET', `/cases/${reference?.[1]}${reference?.[2]}`);
  expect(JSON.stringify(body)).toContain('就在青柳巷口');
  expect(body.attachments.length).toBe(2);
});
