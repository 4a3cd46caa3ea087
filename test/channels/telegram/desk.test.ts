import { setTimeout as sleep } from 'node:timers/promises';
import sharp from 'sharp';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type DeskForTest, startForTest } from '../../desk-for-test.ts';
import { type BotApi, type Resident, startBotApi } from '../../telegram/bot-api.ts';

let double: BotApi;
let desk: DeskForTest;
let phone: Resident;
beforeEach(async () => {
  double = await startBotApi();
  desk = await startForTest({ env: { TELEGRAM_BOT_TOKEN: double.token, TELEGRAM_API_ROOT: double.url } });
  await desk.addOfficer('li', 'officer', 'community', '李明');
  await desk.addOfficer('sun', 'inspector', 'inspection', '孙悦');
  phone = double.user({ languageCode: 'zh-hans' });
});
afterEach(async () => {
  await desk.end();
  await double.close();
});

const quiet = async () => {
  for (let pending = 1; pending > 0; ) {
    await double.settled({ quietMs: 60 });
    pending = (await desk.store.health()).pendingByChannel.telegram ?? 0;
    if (pending > 0) await sleep(50);
  }
};
const does = async (what: () => unknown) => {
  what();
  await quiet();
};
/** Presses the first of these labels that is shown now. */
const taps = async (...labels: readonly string[]) => {
  for (const label of labels) await does(() => phone.tap(label, { on: phone.last()?.id ?? 0 }));
};
const referenceTold = () =>
  /编号 ([0-9A-Z]{4})-([0-9A-Z]{4})/
    .exec(phone.texts().findLast((text) => text.includes('编号')) ?? '')
    ?.slice(1)
    .join('') ?? '';
const says = (...words: readonly string[]) =>
  words.reduce((before, word) => before.then(() => does(() => phone.say(word))), Promise.resolve());
const files = async (...words: readonly string[]): Promise<string> => {
  await does(() => phone.start('report'));
  await says(...words);
  return referenceTold();
};
const problem = () => files('楼下烧烤店夜里两点还在放音响', 'problem', 'other', '跳过', '跳过', '不留名', '提交');
const replies = async (who: string, reference: string, text: string) => {
  const officer = await desk.signIn(who);
  const { body } = await officer.ask('GET', `/cases/${reference}`);
  const answer = await officer.ask('POST', `/cases/${reference}/replies`, { text }, { 'if-match': `"${body.version}"` });
  expect(answer.status).toBe(201);
  await quiet();
};
const seenBy = async (who: string, reference: string) => (await (await desk.signIn(who)).ask('GET', `/cases/${reference}`)).body;
const officersWords = ({ messages }: { messages: { from: string; text: string; delivery: { state: string; reason: string | null } }[] }) =>
  messages.filter(({ from }) => from === 'officer').map(({ text, delivery }) => [text, delivery.state, delivery.reason]);

test('what is said to somebody who blocked the bot is blocked, the officer sees it, and it arrives when they are back', async () => {
  const reference = await problem();
  await replies('li', reference, '今晚八点我去看。');
  expect(phone.texts().at(-1)).toContain('今晚八点我去看。');
  await does(() => phone.block());
  await replies('li', reference, '店家答应十点关音响。');
  expect(officersWords(await seenBy('li', reference))).toEqual([
    ['今晚八点我去看。', 'sent', null],
    ['店家答应十点关音响。', 'blocked', 'unreachable'],
  ]);
  expect((await seenBy('li', reference)).resident.reachable).toBe(false);
  phone.unblock();
  await does(() => phone.say('我的事'));
  const told = phone.texts();
  const arrived = told.findIndex((text) => text.startsWith('店家答应十点关音响。'));
  expect(arrived).toBeGreaterThan(0);
  expect(arrived).toBeLessThan(told.length - 1);
  expect(told.filter((text) => text.startsWith('店家答应十点关音响。'))).toHaveLength(1);
  expect(officersWords(await seenBy('li', reference)).at(-1)).toEqual(['店家答应十点关音响。', 'sent', null]);
});

test('an answer in a sealed case is a notice until it is tapped, and the inspector sees which it is', async () => {
  const reference = await files(
    '昨天在路口，有个民警说话很难听',
    '投诉我们',
    '某个民警',
    '不知道',
    '跳过',
    '跳过',
    '跳过',
    '不留名',
    '提交',
  );
  await replies('sun', reference, '我们调了路口的录像。');
  expect(phone.texts().at(-1)).toBe('有一条给您的答复。');
  expect(officersWords(await seenBy('sun', reference))).toEqual([['我们调了路口的录像。', 'waiting', null]]);
  await taps('现在看');
  expect(phone.texts().at(-1)).toContain('我们调了路口的录像。');
  expect(officersWords(await seenBy('sun', reference))).toEqual([['我们调了路口的录像。', 'sent', null]]);
  await taps('以后直接显示内容');
  await replies('sun', reference, '周三前告诉您结果。');
  expect(phone.texts().at(-1)).toContain('周三前告诉您结果。');
});

test('an album is one message in the case, with all its photos and its words, answered once', async () => {
  const photo = (red: number) =>
    sharp({ create: { width: 40, height: 30, channels: 3, background: { r: red, g: 90, b: 160 } } })
      .jpeg()
      .toBuffer();
  const photos = await Promise.all([20, 90, 160, 230].map(photo));
  await does(() => phone.start('report'));
  await says('楼下烧烤店夜里两点还在放音响', 'problem', 'other', '跳过');
  const before = phone.texts().length;
  await does(() => phone.album(photos, { caption: '就是这家' }));
  await sleep(1_700);
  await quiet();
  expect(phone.texts().slice(before)).toEqual([
    '照片收到了，现在共 4 份。照片不会马上有人看；要是现在有危险，请直接打 110。',
    '还有照片就接着发，最多 9 份，现在有 4 份。发完点“好了”。',
  ]);
  await says('好了', '不留名', '提交');
  const { messages, attachments } = await seenBy('li', referenceTold());
  const withPhotos = messages.filter(({ media }: { media: unknown[] }) => media.length > 0);
  expect(
    withPhotos.map(({ text, media }: { text: string; media: { state: string }[] }) => [text, media.map(({ state }) => state)]),
  ).toEqual([['就是这家', ['stored', 'stored', 'stored', 'stored']]]);
  expect(attachments).toHaveLength(4);
});

test('words changed after filing are both there for the officer, and an answer to the bot’s line goes to its case', async () => {
  const first = await problem();
  const second = await files('地下车库有人堆了一车纸箱，怕着火', 'problem', 'other', '跳过', '跳过', '不留名', '提交');
  const own = phone.messages().find(({ text }) => text === '楼下烧烤店夜里两点还在放音响');
  await does(() => phone.edit(own?.id ?? 0, '楼下烧烤店夜里三点还在放音响'));
  const changed = (await seenBy('li', first)).messages.find(({ edits }: { edits: string[] }) => edits.length > 0);
  expect([changed?.text, changed?.edits]).toEqual(['楼下烧烤店夜里三点还在放音响', ['楼下烧烤店夜里两点还在放音响']]);
  await replies('li', first, '今晚去看。');
  await replies('li', second, '消防明天来。');
  const answer = phone.messages().findLast(({ text }) => text.includes('今晚去看。'));
  await does(() => phone.say('今晚我在家', { quote: answer?.id ?? 0 }));
  const texts = async (reference: string) => (await seenBy('li', reference)).messages.map(({ text }: { text: string }) => text);
  expect(await texts(first)).toContain('今晚我在家');
  expect(await texts(second)).not.toContain('今晚我在家');
});

test('a file too big for a bot, or gone from Telegram, is a stub with an honest word, and its caption is kept', async () => {
  await does(() => phone.start('report'));
  await says('楼下烧烤店夜里两点还在放音响', 'problem', 'other', '跳过');
  await does(() => phone.video({ size: 30 * 1024 * 1024 }, { caption: '录到了声音' }));
  expect(phone.texts().some((text) => text.includes('太大'))).toBe(true);
  await says('好了', '不留名', '提交');
  expect(JSON.stringify(await seenBy('li', referenceTold()))).toContain('录到了声音');
});

test('a deep link opens its door', async () => {
  await does(() => phone.start('h'));
  expect(phone.texts().at(-1)).toContain('您需要什么帮助');
});
