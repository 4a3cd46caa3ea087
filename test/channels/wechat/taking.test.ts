import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Settlement } from '../../../src/domain/message.ts';
import { type Workbench, workbench } from './bench.ts';

let bench: Workbench;
const whole = (settlements: readonly Settlement[]) => settlements.filter(({ part }) => part === undefined);
afterEach(() => bench.end());

const ways = [
  ['plain', 'xml'],
  ['compatible', 'xml'],
  ['secure', 'xml'],
  ['plain', 'json'],
  ['secure', 'json'],
] as const;

describe.each(ways)('in %s mode, %s', (mode, format) => {
  beforeEach(async () => {
    bench = await workbench({ mode, format });
  });

  test('a message is answered in the response to it, and that counts as sent', async () => {
    const resident = bench.account.user();
    bench.answerNext('您好。', '您想做什么？');
    resident.say('楼下夜里吵闹，麻烦管一管😀');
    await bench.account.settled();
    expect(bench.fake.inbounds).toMatchObject([{ address: resident.openid, input: { type: 'text', text: '楼下夜里吵闹，麻烦管一管😀' } }]);
    expect(resident.messages().map(({ via, text }) => [via, text])).toEqual([['passive', '您好。\n\n您想做什么？']]);
    expect(bench.fake.settlements.map(({ part, outcome }) => [part, outcome])).toEqual([
      [0, { is: 'sent', confirmed: true }],
      [undefined, { is: 'sent', confirmed: true }],
      [0, { is: 'sent', confirmed: true }],
      [undefined, { is: 'sent', confirmed: true }],
    ]);
  });

  test('without an answer at hand it says that it arrived, never encrypted', async () => {
    bench.account.user().image();
    await bench.account.settled();
    expect(bench.account.deliveries).toMatchObject([{ status: 200, answer: 'success' }]);
  });

  test('all kinds of messages and events arrive once each', async () => {
    const resident = bench.account.user({ follows: false });
    resident.follow('counter1');
    resident.say('在吗');
    resident.image();
    resident.voice({ recognition: '楼下很吵' });
    resident.video();
    resident.shortVideo();
    resident.location(30.27, 120.15, '青柳巷 3 号');
    resident.link({ title: '新闻', url: 'https://example.cn' });
    resident.file({ name: 'a.pdf' });
    resident.sticker();
    resident.scan('counter1');
    resident.click('h:report');
    resident.view('https://example.cn');
    resident.reportLocation();
    resident.tapMenu('1', '解决了');
    resident.unfollow();
    await bench.account.settled();
    expect(bench.account.lost).toEqual([]);
    expect(bench.fake.inbounds.map(({ input }) => input.type)).toEqual([
      'start',
      'text',
      'media',
      'media',
      'media',
      'media',
      'place',
      'text',
      'unknown',
      'unknown',
      'start',
      'tap',
      'text',
      'reachability',
    ]);
  });
});

describe('at the address WeChat writes to', () => {
  beforeEach(async () => {
    bench = await workbench();
  });
  const post = async (letter: { url?: string; query?: string; body: string }, change: (body: string) => string = (body) => body) => {
    const query = letter.query ?? (letter.url ?? '').split('?')[1] ?? '';
    return fetch(`${bench.url}/wechat/webhook?${query}`, {
      method: 'POST',
      body: change(letter.body),
      headers: { 'content-type': 'text/xml' },
    });
  };
  const said = (content: string) => ({
    ToUserName: 'gh_97417a04a28d',
    FromUserName: 'oX',
    CreateTime: 1,
    MsgType: 'text',
    Content: content,
    MsgId: '9',
  });

  test('forged, stale, replayed, oversize and malformed requests are refused with nothing stored', async () => {
    const good = bench.account.letter(said('好'), 'oX');
    const forged = [
      bench.account.letter(said('x'), 'oX', { token: 'another_token' }),
      bench.account.letter(said('x'), 'oX', { appId: 'wxffffffffffffffff' }),
      bench.account.letter(said('x'), 'oX', { encodingAesKey: 'ZbcdefghijklmnopqrstuvwxyzZ123456789ABCDEFG' }),
      bench.account.letter(said('x'), 'oX', { at: bench.fake.desk.now() - 6 * 60_000 }),
    ];
    for (const letter of forged) expect((await post(letter)).status).toBe(403);
    expect((await post(good, () => '<xml></xml>')).status).toBe(400);
    expect((await post(good, (body) => `<!DOCTYPE x [<!ENTITY y "z">]>${body}`)).status).toBe(400);
    expect((await post(good, (body) => body + ' '.repeat(256 * 1024))).status).toBe(413);
    expect((await fetch(`${bench.url}/wechat/webhook`, { method: 'POST', body: '<xml/>' })).status).toBe(403);
    expect((await fetch(`${bench.url}/wechat/webhook?echostr=1`)).status).toBe(403);
    expect(bench.fake.inbounds).toEqual([]);
    expect((await post(good)).status).toBe(200);
    bench.fake.pass(16_000);
    expect((await post(good)).status).toBe(403);
    expect(bench.fake.inbounds).toHaveLength(1);
    expect(bench.notes.join('\n')).not.toContain('oX');
  });

  test('WeChat’s second and third try are answered like the first', async () => {
    const letter = bench.account.letter(said('在吗'), 'oX');
    bench.answerNext('在。');
    const [first, second] = [await (await post(letter)).text(), await (await post(letter)).text()];
    expect(first).toContain('Encrypt');
    expect(second).toContain('Encrypt');
    expect(bench.fake.inbounds).toHaveLength(1);
    expect(whole(bench.fake.settlements)).toHaveLength(1);
  });

  test('an answer cut off on its way is given again at the next try, and counts once', async () => {
    const resident = bench.account.user();
    bench.account.deliver.dropResponse = 1;
    bench.answerNext('在。');
    resident.say('在吗');
    await bench.account.until(() => bench.account.deliveries.length > 0);
    bench.account.deliver.dropResponse = 0;
    await bench.account.settled();
    expect(resident.texts()).toEqual(['在。']);
    expect(bench.fake.inbounds).toHaveLength(1);
    expect(whole(bench.fake.settlements)).toHaveLength(1);
  });

  test('asked again after a restart, it gives once more what stood in a response, and nothing that goes by itself', async () => {
    const resident = bench.account.user();
    const said = (text: string, more = {}) =>
      bench.fake.outbound(resident.openid, 'wechat', { text, by: { kind: 'bot' } }, undefined, more);
    const { receive } = bench.fake.desk;
    bench.fake.desk.receive = async (inbound) => ({
      ...(await receive(inbound)),
      repeat: true,
      outbound: [said('在。', { partsSent: [0] }), said('您想做什么？', { partsSent: [0] }), said('等着的')],
    });
    resident.say('在吗');
    await bench.account.settled();
    expect(resident.texts()).toEqual(['在。\n\n您想做什么？']);
    expect([bench.fake.settlements, bench.fake.left]).toEqual([[], []]);
  });

  test('while the desk cannot take it, WeChat is not told that it arrived, and brings it again', async () => {
    const resident = bench.account.user();
    bench.account.deliver.insist = true;
    bench.fake.setSick(true);
    resident.say('在吗');
    await bench.account.until(() => bench.fake.turnedAway() > 1);
    bench.fake.setSick(false);
    await bench.account.settled();
    expect(bench.fake.inbounds).toHaveLength(1);
  });

  test('what has no room in the response is handed back, to be sent after it', async () => {
    const resident = bench.account.user();
    bench.answerNext('短', '字'.repeat(700), '完');
    resident.say('在吗');
    await bench.account.settled();
    expect(resident.texts()).toEqual(['短']);
    expect(bench.fake.left.map(({ body }) => body.text)).toEqual(['字'.repeat(700), '完']);
  });
});
