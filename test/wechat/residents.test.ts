import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Account, type Resident, startWechat } from './account.ts';
import { callerOf, deskFor } from './plain-desk.ts';

const now = Date.UTC(2026, 0, 5, 2);

let account: Account;
let desk: Awaited<ReturnType<typeof deskFor>>;
let resident: Resident;
beforeEach(async () => {
  account = await startWechat({ clock: () => now, deliver: { retryMs: { first: 1, longest: 1 } } });
  desk = await deskFor(account);
  await account.configure(desk.url);
  resident = account.user();
});
afterEach(async () => {
  await account.close();
  await desk.close();
});

const heard = async () => {
  await account.settled({ quietMs: 30 });
  return desk.got;
};

describe('what a resident sends', () => {
  test('comes with who, to whom, when and an id', async () => {
    resident.say('楼下吵');
    expect(await heard()).toEqual([
      {
        ToUserName: account.originalId,
        FromUserName: resident.openid,
        CreateTime: String(now / 1000),
        MsgType: 'text',
        Content: '楼下吵',
        MsgId: expect.stringMatching(/^\d{17}$/),
      },
    ]);
  });

  test('may be a picture, a voice, a film, a place, a link, a file, a sticker or something new', async () => {
    resident.image();
    resident.voice({ format: 'speex', recognition: '楼下吵' });
    resident.video();
    resident.shortVideo();
    resident.location(31.23, 121.47, '人民大道', 16);
    resident.link({ title: '通知', url: 'https://example.com/' });
    resident.file({ name: '材料.pdf' });
    resident.sticker();
    resident.unknown('hologram', { Depth: 3 });
    expect(await heard()).toMatchObject([
      { MsgType: 'image', PicUrl: expect.stringMatching(/^http/), MediaId: expect.any(String) },
      { MsgType: 'voice', Format: 'speex', Recognition: '楼下吵', MediaId: expect.any(String) },
      { MsgType: 'video', MediaId: expect.any(String), ThumbMediaId: expect.any(String) },
      { MsgType: 'shortvideo', MediaId: expect.any(String), ThumbMediaId: expect.any(String) },
      { MsgType: 'location', Location_X: '31.23', Location_Y: '121.47', Scale: '16', Label: '人民大道' },
      { MsgType: 'link', Title: '通知', Description: '', Url: 'https://example.com/' },
      { MsgType: 'file', Title: '材料.pdf', FileTotalLen: '1024' },
      { MsgType: 'text', Content: '【收到不支持的消息类型，暂无法显示】' },
      { MsgType: 'hologram', Depth: '3', MsgId: expect.any(String) },
    ]);
  });

  test('may be a tap on a menu message, which looks like words', async () => {
    resident.tapMenu('yes', '解决了');
    expect(await heard()).toMatchObject([{ MsgType: 'text', Content: '解决了', bizmsgmenuid: 'yes', MsgId: expect.any(String) }]);
  });

  test('is refused by their client while they do not follow', () => {
    const stranger = account.user({ follows: false });
    expect(() => stranger.say('有人吗')).toThrow('does not follow');
    expect(() => stranger.click('report')).toThrow('does not follow');
    expect(() => resident.follow()).toThrow('follows already');
  });

  test('may be anything at all', async () => {
    resident.push({ MsgType: 'event', Event: 'debug_demo', debug_str: 'hello' });
    resident.push('<xml><MsgType>text</MsgType><Content>裸</Content></xml>');
    expect(await heard()).toMatchObject([
      { MsgType: 'event', Event: 'debug_demo', FromUserName: resident.openid },
      { MsgType: 'text', Content: '裸' },
    ]);
  });
});

describe('an event', () => {
  test('has no id of its own: sender, time, event and key tell it from others', async () => {
    resident.click('report');
    resident.scan('counter');
    resident.view('https://example.com/');
    resident.reportLocation(31.23, 121.47);
    resident.agreeToNotice('T1');
    resident.unfollow();
    resident.follow();
    expect(await heard()).toMatchObject([
      { MsgType: 'event', Event: 'CLICK', EventKey: 'report' },
      { Event: 'SCAN', EventKey: 'counter', Ticket: expect.any(String) },
      { Event: 'VIEW', EventKey: 'https://example.com/' },
      { Event: 'LOCATION', Latitude: '31.23', Longitude: '121.47', Precision: '40' },
      { Event: 'subscribe_msg_popup_event', SubscribeMsgPopupEvent: { List: { TemplateId: 'T1', SubscribeStatusString: 'accept' } } },
      { Event: 'unsubscribe' },
      { Event: 'subscribe', EventKey: '' },
    ]);
    expect(desk.got.some((event) => 'MsgId' in event)).toBe(false);
    expect(account.deliveries[0]?.id).toBe(`${resident.openid} ${now / 1000} CLICK report`);
  });

  test('that nobody answers is noticed by the resident where they await something, and not elsewhere', async () => {
    desk.desk.answer = () => 'reset';
    resident.click('report');
    resident.view('https://example.com/');
    resident.reportLocation();
    resident.unfollow();
    await heard();
    expect(account.lost).toHaveLength(4);
    expect(account.notices.map(({ id }) => id)).toEqual([`${resident.openid} ${now / 1000} CLICK report`]);
  });

  test('tells how a template message went, and its answer is shown to nobody', async () => {
    account.addTemplate({ template_id: 'T1', title: '进度', content: '{{thing1.DATA}}', subscription: false });
    desk.desk.answer = () => '收到';
    const body = { touser: resident.openid, template_id: 'T1', data: { thing1: { value: '好' } } };
    const { msgid } = await callerOf(account).post('message/template/send', body);
    expect(await heard()).toMatchObject([{ Event: 'TEMPLATESENDJOBFINISH', MsgID: String(msgid), Status: 'success' }]);
    expect(resident.texts()).toEqual(['好']);
    expect(account.deliveries).toMatchObject([{ became: 'ignored' }]);
  });
});

describe('what a resident sees', () => {
  test('stands in order, whichever way it came', async () => {
    desk.desk.answer = ({ Content }) => `听到${Content}`;
    resident.say('一');
    await heard();
    await callerOf(account).tell(resident.openid, '办好了');
    resident.say('二');
    await heard();
    expect(resident.messages().map(({ via, text }) => `${via} ${text}`)).toEqual(['passive 听到一', 'custom 办好了', 'passive 听到二']);
    expect(resident.last()?.text).toBe('听到二');
    expect(resident.allowance()).toBe(5);
    account.forgetLog();
    expect(account.sent()).toEqual([]);
    expect(resident.texts()).toHaveLength(3);
  });
});
