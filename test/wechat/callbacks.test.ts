import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Account, type Format, type Mode, type Resident, startWechat } from './account.ts';
import { type Answering, callerOf, deskFor, replyTo, sealedReply } from './plain-desk.ts';

const fault = '该公众号提供的服务出现故障，请稍后再试';

let account: Account;
let desk: Awaited<ReturnType<typeof deskFor>>;
let resident: Resident;

async function open(mode: Mode = 'plain', format: Format = 'xml', answer?: Answering) {
  account = await startWechat({ mode, format });
  desk = await deskFor(account, answer);
  await account.configure(desk.url);
  resident = account.user();
}
beforeEach(() => open());
afterEach(async () => {
  await account.close();
  await desk.close();
});

const calm = () => account.settled({ quietMs: 30 });

async function reopen(...as: Parameters<typeof open>) {
  await account.close();
  await desk.close();
  await open(...as);
}

describe.each([
  ['plain', 'xml'],
  ['compatible', 'xml'],
  ['secure', 'xml'],
  ['plain', 'json'],
  ['compatible', 'json'],
  ['secure', 'json'],
] as const)('in %s mode with %s bodies', (mode, format) => {
  beforeEach(() => reopen(mode, format, ({ Content }) => `听到：${Content}`));

  test('words go in and a passive reply comes out', async () => {
    resident.say('楼下夜里吵闹 <b>&amp; ]]> 😀');
    resident.say('第二句');
    await calm();
    expect(desk.words()).toEqual(['楼下夜里吵闹 <b>&amp; ]]> 😀', '第二句']);
    expect(resident.texts()).toEqual(['听到：楼下夜里吵闹 <b>&amp; ]]> 😀', '听到：第二句']);
    expect(account.sent(resident.openid).map(({ via, kind }) => `${via} ${kind}`)).toEqual(['passive text', 'passive text']);
    expect(desk.refused).toEqual([]);
    expect(desk.queries[0]!.get('openid')).toBe(resident.openid);
    expect(desk.queries[0]!.has('msg_signature')).toBe(mode !== 'plain');
    expect(account.notices).toEqual([]);
  });

  test('each message has an id longer than a double can tell apart', async () => {
    const ids = [resident.say('一'), resident.say('二')].map(({ MsgId }) => MsgId);
    await calm();
    expect(desk.got.map(({ MsgId }) => MsgId)).toEqual(ids.map(String));
    expect(ids[0]).not.toBe(ids[1]);
    expect(Number(ids[0])).toBe(Number(ids[1]));
  });
});

describe('an answer', () => {
  const became = async (answer: (heard: Record<string, string>) => string) => {
    desk.desk.answer = (heard) => ({ body: answer(heard) });
    resident.say('在吗');
    await calm();
    return account.deliveries.map((delivery) => delivery.became ?? delivery.error);
  };

  test('of «success» or of nothing says nothing', async () => {
    expect(await became(() => 'success')).toEqual(['nothing']);
    expect(await became(() => '')).toEqual(['nothing', 'nothing']);
    expect(resident.texts()).toEqual([]);
  });

  test.each([
    ['JSON where XML was agreed on', () => '{"MsgType":"text"}'],
    ['a page', () => '<!doctype html><p>ok</p>'],
    ['blank before the XML', (heard) => `\n${replyTo(account, heard, '好')}`],
    ['somebody else’s', (heard) => replyTo(account, heard, '好', { ToUserName: 'oSomebodyElse' })],
    ['another account’s', (heard) => replyTo(account, heard, '好', { FromUserName: 'gh_other' })],
    ['without words', (heard) => replyTo(account, heard, '')],
    ['of 2,049 bytes', (heard) => replyTo(account, heard, 'x'.repeat(2049))],
    ['broken within', (heard) => replyTo(account, heard, '好').replace('好', '好]]>')],
    ['of an unknown type', (heard) => replyTo(account, heard, '好', { MsgType: 'flowers' })],
    ['an image nobody uploaded', (heard) => replyTo(account, heard, '', { MsgType: 'image', Image: 'x' })],
    ['not a time', (heard) => replyTo(account, heard, '好', { CreateTime: 'now' })],
  ] as [string, (heard: Record<string, string>) => string][])(
    'that is %s shows the fault notice, and is not asked for again',
    async (_, answer) => {
      expect(await became(answer)).toEqual(['fault notice']);
      expect(resident.texts()).toEqual([fault]);
      expect(account.notices).toMatchObject([{ openid: resident.openid, why: expect.any(String) }]);
      expect(account.sent()).toEqual([]);
    },
  );

  test('of 2,048 bytes is shown', async () => {
    expect(await became((heard) => replyTo(account, heard, `${'贴'.repeat(682)}ab`))).toEqual(['reply']);
  });

  test('in secure mode is taken only sealed, signed and addressed as it should be', async () => {
    const inSecureMode = async (answer: (heard: Record<string, string>) => string) => {
      await reopen('secure');
      return became(answer);
    };
    const plain = (heard: Record<string, string>) =>
      `<xml><ToUserName>${heard.FromUserName}</ToUserName><FromUserName>${heard.ToUserName}</FromUserName><CreateTime>1</CreateTime><MsgType>text</MsgType><Content>好</Content></xml>`;
    expect(await inSecureMode((heard) => sealedReply(account, plain(heard)))).toEqual(['reply']);
    expect(await inSecureMode(plain)).toEqual(['fault notice']);
    expect(await inSecureMode((heard) => sealedReply(account, plain(heard), { appId: 'wxother' }))).toEqual(['fault notice']);
    expect(await inSecureMode((heard) => sealedReply(account, plain(heard), { token: 'other' }))).toEqual(['fault notice']);
    expect(await inSecureMode((heard) => sealedReply(account, plain(heard), { encodingAesKey: 'x'.repeat(43) }))).toEqual(['fault notice']);
    expect(await inSecureMode(() => sealedReply(account, 'success'))).toEqual(['fault notice']);
    expect(await inSecureMode(() => 'success')).toEqual(['nothing']);
  });

  test('in compatible mode may be plain or sealed', async () => {
    await reopen('compatible', 'xml');
    desk.desk.answer = () => '密';
    resident.say('一');
    await calm();
    desk.desk.answer = (heard) => ({ body: replyTo({ agreement: { ...account.agreement, mode: 'plain' } } as Account, heard, '明') });
    resident.say('二');
    await calm();
    expect(resident.texts()).toEqual(['密', '明']);
  });
});

describe('a callback', () => {
  test('without an answer in time comes three times in all, then is lost and the resident reads so', async () => {
    account.deliver.timeoutMs = 200;
    desk.desk.answer = () => ({ body: 'success', waitMs: 2_000 });
    const { MsgId } = resident.say('有人吗');
    await calm();
    expect(desk.got.map((heard) => heard.MsgId)).toEqual(Array(3).fill(String(MsgId)));
    expect(new Set(desk.queries.map((query) => query.get('nonce'))).size).toBe(3);
    expect(account.deliveries.map(({ tried, error }) => `${tried} ${error}`)).toEqual([0, 1, 2].map((n) => `${n} No answer in time`));
    expect(account.lost).toEqual([String(MsgId)]);
    expect(resident.texts()).toEqual([fault]);
  });

  test('that is answered the second time shows that answer only', async () => {
    desk.desk.answer = () => (desk.got.length === 1 ? { status: 502, body: replyTo(account, desk.got[0]!, '没人听见') } : '来了');
    resident.say('有人吗');
    await calm();
    expect(resident.texts()).toEqual(['来了']);
    expect(account.deliveries.map(({ status, became }) => `${status} ${became}`)).toEqual(['502 undefined', '200 reply']);
    expect(account.lost).toEqual([]);
  });

  test('to a desk that dies is brought until it is answered where the test insists', async () => {
    account.deliver.insist = true;
    account.deliver.retryMs = { first: 5, longest: 20 };
    desk.desk.answer = () => (desk.got.length < 8 ? 'reset' : '活了');
    resident.say('有人吗');
    await calm();
    expect(desk.got).toHaveLength(8);
    expect(resident.texts()).toEqual(['活了']);
  });

  test('is signed anew on each try, or sent as the very same request', async () => {
    account.deliver.sameLetter = true;
    desk.desk.answer = () => (desk.got.length < 3 ? 'reset' : undefined);
    resident.say('有人吗');
    await calm();
    expect(new Set(account.deliveries.map(({ url, body }) => `${url} ${body}`)).size).toBe(1);
    expect(account.deliveries).toHaveLength(3);
  });

  test('cut off on its way in, or its answer on the way out, comes again', async () => {
    desk.desk.answer = ({ Content }) => `听到${Content}`;
    account.deliver.cutRequest = 1;
    account.deliver.insist = true;
    resident.say('一');
    await account.until(() => account.deliveries.length >= 2);
    account.deliver.cutRequest = 0;
    await calm();
    expect(account.deliveries.slice(0, -1).every(({ error }) => error === 'Request cut off')).toBe(true);
    expect(desk.got).toHaveLength(1);
    account.deliver.dropResponse = 1;
    resident.say('二');
    await account.until(() => desk.got.length >= 3);
    account.deliver.dropResponse = 0;
    await calm();
    expect(resident.texts()).toEqual(['听到一', '听到二']);
  });

  test('that is repeated after its answer is heard twice and seen once', async () => {
    desk.desk.answer = ({ Content }) => `听到${Content}`;
    account.deliver.repeat = 1;
    resident.say('一');
    await calm();
    expect(resident.texts()).toEqual(['听到一']);
    expect(account.deliveries.map(({ repeat, became }) => `${repeat} ${became}`)).toEqual(['false reply', 'true ignored']);
    expect(new Set(desk.got.map(({ MsgId }) => MsgId)).size).toBe(1);
  });

  test('waits while deliveries are held back, and for the resident’s one before', async () => {
    account.deliver.on = false;
    resident.say('一');
    resident.say('二');
    account.user().say('别人');
    expect(account.deliveries).toEqual([]);
    desk.desk.answer = ({ Content }) => (Content === '一' ? { waitMs: 100 } : undefined);
    account.deliver.on = true;
    await calm();
    expect(desk.words().filter((words) => words !== '别人')).toEqual(['一', '二']);
    expect(desk.words().indexOf('别人')).toBeLessThan(2);
  });

  test('of a thousand residents comes to each once and in order', async () => {
    desk.desk.answer = ({ Content }) => `听到${Content}`;
    const residents = Array.from({ length: 1_000 }, () => account.user());
    for (const one of residents) for (const words of ['一', '二']) one.say(words);
    await calm();
    for (const one of residents) expect(one.texts()).toEqual(['听到一', '听到二']);
    expect(account.deliveries).toHaveLength(2_000);
  });
});

describe('the console', () => {
  test('saves no URL that does not prove itself', async () => {
    desk.desk.echo = () => 'hello';
    await expect(account.configure(desk.url)).rejects.toThrow('请求URL超时或token验证失败: 200 hello');
    desk.desk.echo = (echostr) => echostr;
    await expect(account.configure(desk.url, { token: 'another' })).rejects.toThrow('403');
    await expect(account.configure('http://127.0.0.1:9/')).rejects.toThrow('Connection refused');
    resident.say('还在');
    await calm();
    expect(desk.words()).toEqual(['还在']);
  });

  test('without a URL brings nothing anywhere, though the window opens', async () => {
    const other = await startWechat();
    const somebody = other.user();
    somebody.say('有人吗');
    await other.settled({ quietMs: 20 });
    expect(other.deliveries).toEqual([]);
    expect(await callerOf(other).tell(somebody.openid)).toBe(0);
    await other.close();
  });
});
