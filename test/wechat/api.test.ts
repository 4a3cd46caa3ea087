import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Account, type Resident, startWechat } from './account.ts';
import { callerOf } from './plain-desk.ts';

let account: Account;
let api: ReturnType<typeof callerOf>;
let resident: Resident;
let now = Date.UTC(2026, 0, 5, 2);
beforeEach(async () => {
  now = Date.UTC(2026, 0, 5, 2);
  account = await startWechat({ clock: () => now });
  api = callerOf(account);
  resident = account.user();
  resident.say('你好');
});
afterEach(() => account.close());

const send = async (message: object) => (await api.post('message/custom/send', { touser: resident.openid, ...message })).errcode;

describe('a call', () => {
  test('is answered with 200 and a code, and stands in the log with its body as it came', async () => {
    expect(await api.post('message/custom/send', { touser: resident.openid, msgtype: 'text', text: { content: '您好' } })).toEqual({
      errcode: 0,
      errmsg: 'ok',
    });
    expect(account.calls.at(-1)).toMatchObject({
      path: 'message/custom/send',
      openid: resident.openid,
      payload: { text: { content: '您好' } },
      rawBody: `{"touser":"${resident.openid}","msgtype":"text","text":{"content":"您好"}}`,
      escaped: false,
      tookEffect: true,
      errcode: 0,
      answered: 200,
    });
  });

  test('with escaped Chinese shows the escapes, with raw Chinese, emoji and line breaks shows those', async () => {
    const body = (content: string) => `{"touser":"${resident.openid}","msgtype":"text","text":{"content":"${content}"}}`;
    await api.post('message/custom/send', body('\\u8d34\\u5fc3'));
    expect(account.calls.at(-1)).toMatchObject({ escaped: true });
    await api.post('message/custom/send', body('贴心😀\\n\\"\\\\u8d34'));
    expect(resident.texts()).toEqual(['\\u8d34\\u5fc3', '贴心😀\n"\\u8d34']);
  });

  test('that is no JSON, no UTF-8, empty, by the wrong verb or to nowhere is refused', async () => {
    const post = async (body: BodyInit | undefined, path = 'message/custom/send') =>
      (await (await fetch(await api.address(path), { method: 'POST', ...(body !== undefined && { body }) })).json()).errcode;
    expect(await post('{"touser":')).toBe(47001);
    expect(account.calls.at(-1)).toMatchObject({ rawBody: '{"touser":', tookEffect: false, errcode: 47001 });
    expect(await post('[]')).toBe(47001);
    expect(await post(Buffer.from('7b2261223a22ff227d', 'hex'))).toBe(47001);
    expect(await post('')).toBe(44002);
    expect(await post('{}', 'send/flowers')).toBe(40066);
    expect(await post('{}', 'menu/get')).toBe(43001);
    expect(await api.got('message/custom/send')).toMatchObject({ errcode: 43002 });
  });

  test('whose length was not told beforehand is not taken', async () => {
    const body = new ReadableStream({
      start(controller) {
        controller.enqueue(Buffer.from('{}'));
        controller.close();
      },
    });
    const init = { method: 'POST', body, duplex: 'half' } as RequestInit;
    expect((await fetch(await api.address('message/custom/send'), init)).status).toBe(412);
  });

  test('to which the account has no right, or too often in a day, is refused', async () => {
    account.withhold('message/custom/send');
    expect(await api.tell(resident.openid)).toBe(48001);
    account.withhold('message/custom/send', false);
    account.limit('message/custom/send', 2);
    expect([await api.tell(resident.openid), await api.tell(resident.openid), await api.tell(resident.openid)]).toEqual([0, 0, 45009]);
    expect(await api.post('openapi/quota/get', { cgi_path: '/cgi-bin/message/custom/send' })).toMatchObject({
      quota: { daily_limit: 2, used: 2, remain: 0 },
    });
    expect(await api.post('openapi/quota/get', { cgi_path: 'nowhere' })).toMatchObject({ errcode: 76021 });
    expect(await api.post('clear_quota', { appid: account.appId })).toMatchObject({ errcode: 0 });
    expect(await api.tell(resident.openid)).toBe(0);
    for (let time = 2; time <= 10; time += 1) await api.post('clear_quota', { appid: account.appId });
    expect(await api.post('clear_quota', { appid: account.appId })).toMatchObject({ errcode: 48006 });
  });
});

describe('a customer-service message', () => {
  test('goes only to those who can have one', async () => {
    expect(await api.tell('oNobody')).toBe(40003);
    expect(await api.tell(account.user({ follows: false }).openid)).toBe(43004);
    resident.blacklisted = true;
    expect(await api.tell(resident.openid)).toBe(43019);
    resident.blacklisted = false;
    expect(await api.tell(resident.openid)).toBe(0);
  });

  test('has words of up to 2,048 bytes', async () => {
    expect(await send({ msgtype: 'text', text: { content: `${'贴'.repeat(682)}ab` } })).toBe(0);
    expect(await send({ msgtype: 'text', text: { content: '贴'.repeat(683) } })).toBe(45002);
    expect(await send({ msgtype: 'text' })).toBe(44004);
    expect(await send({ msgtype: 'flowers', flowers: {} })).toBe(40008);
  });

  test('may be a menu, whose items can be chosen', async () => {
    const list = [
      { id: 'yes', content: '解决了' },
      { id: 'no', content: '还没有' },
    ];
    expect(await send({ msgtype: 'msgmenu', msgmenu: { head_content: '解决了吗？', list, tail_content: '谢谢' } })).toBe(0);
    expect(resident.texts()).toEqual(['解决了吗？\n解决了\n还没有\n谢谢']);
    expect(resident.menuMessages()).toMatchObject([{ kind: 'msgmenu', menu: list }]);
    expect(resident.choose('还没有')).toMatchObject({ MsgType: 'text', Content: '还没有', bizmsgmenuid: 'no' });
    expect(() => resident.choose('也许')).toThrow('No «也许» to choose');
    expect(await send({ msgtype: 'msgmenu', msgmenu: { head_content: '？', list: [] } })).toBe(40035);
    expect(await send({ msgtype: 'msgmenu', msgmenu: { list: [{ content: '没有编号' }] } })).toBe(40035);
  });

  test('may have links that say their words', async () => {
    const link = '<a href="weixin://bizmsgmenu?msgmenucontent=解决了&msgmenuid=yes">解决了</a>';
    expect(await send({ msgtype: 'text', text: { content: `解决了吗？${link}` } })).toBe(0);
    expect(resident.choose('解决了')).toMatchObject({ Content: '解决了', bizmsgmenuid: 'yes' });
  });

  test('may be one article, and not two', async () => {
    const article = { title: '公示', description: '', url: 'https://example.com/', picurl: '' };
    expect(await send({ msgtype: 'news', news: { articles: [article] } })).toBe(0);
    expect(await send({ msgtype: 'news', news: { articles: [article, article] } })).toBe(45008);
    expect(await send({ msgtype: 'news', news: {} })).toBe(40035);
    expect(resident.texts()).toEqual(['公示']);
  });

  test('is announced by typing, for fifteen seconds, soon after words were exchanged', async () => {
    const typing = async (command = 'Typing') => (await api.post('message/custom/typing', { touser: resident.openid, command })).errcode;
    expect(await typing('Dancing')).toBe(45072);
    expect([await typing(), await typing()]).toEqual([0, 45081]);
    expect(resident.seesTyping()).toBe(true);
    expect(await typing('CancelTyping')).toBe(0);
    expect(resident.seesTyping()).toBe(false);
    await typing();
    await api.tell(resident.openid);
    expect(resident.seesTyping()).toBe(false);
    now += 31_000;
    expect(await typing()).toBe(45080);
    now += 48 * 3_600_000;
    api = callerOf(account);
    expect(await typing()).toBe(45015);
  });
});

describe('the menu', () => {
  const button = [
    { name: '我要反映', type: 'click', key: 'report' },
    {
      name: '更多',
      sub_button: [
        { name: '公示', type: 'view', url: 'https://example.com/board' },
        { name: '进度', type: 'click', key: 'cases' },
      ],
    },
  ];

  test('is made, read, shown, pressed and taken away', async () => {
    expect(await api.got('menu/get')).toMatchObject({ errcode: 46003 });
    expect(await api.got('get_current_selfmenu_info')).toMatchObject({ is_menu_open: 0 });
    expect(await api.post('menu/create', { button })).toMatchObject({ errcode: 0 });
    expect(await api.got('menu/get')).toMatchObject({
      menu: { button: [{ key: 'report' }, { sub_button: [{ type: 'view' }, { key: 'cases' }] }] },
    });
    expect(await api.got('get_current_selfmenu_info')).toMatchObject({
      is_menu_open: 1,
      selfmenu_info: { button: [{ key: 'report' }, { sub_button: { list: [{ name: '公示' }, { name: '进度' }] } }] },
    });
    expect(resident.menu()).toEqual(['我要反映', '公示', '进度']);
    expect(resident.press('进度')).toMatchObject({ Event: 'CLICK', EventKey: 'cases' });
    expect(resident.press('公示')).toMatchObject({ Event: 'VIEW', EventKey: 'https://example.com/board' });
    expect(await api.got('menu/delete')).toMatchObject({ errcode: 0 });
    expect(account.menu).toBeUndefined();
    expect(() => resident.press('进度')).toThrow('No «进度» on the menu');
  });

  const leaf = { name: '一', type: 'click', key: 'k' };
  test.each([
    [[], 40016],
    [[leaf, leaf, leaf, leaf], 40016],
    [[{ ...leaf, name: '一二三四五六' }], 40018],
    [[{ ...leaf, name: '' }], 40018],
    [[{ ...leaf, type: 'dance' }], 40017],
    [[{ ...leaf, key: 'k'.repeat(129) }], 40019],
    [[{ name: '一', type: 'view', url: 'javascript:1' }], 40020],
    [[{ name: '一', sub_button: Array(6).fill(leaf) }], 40023],
    [[{ name: '一', sub_button: [{ name: '二', sub_button: [leaf] }] }], 40023],
    [[{ name: '一', sub_button: [{ ...leaf, type: '' }] }], 40024],
    [[{ name: '一', sub_button: [{ ...leaf, name: '字'.repeat(21) }] }], 40025],
    [[{ name: '一', sub_button: [{ ...leaf, key: '' }] }], 40026],
    [[{ name: '一', sub_button: [{ name: '二', type: 'view', url: '' }] }], 40027],
  ])('of %j is refused with %i', async (wrong, errcode) => {
    expect(await api.post('menu/create', { button: wrong })).toMatchObject({ errcode });
    expect(account.menu).toBeUndefined();
  });
});

describe('a code', () => {
  test('is made with a scene, shown as a picture, and scanned by those who follow and those who do not yet', async () => {
    const scene = { action_name: 'QR_STR_SCENE', action_info: { scene: { scene_str: 'counter-1' } }, expire_seconds: 60 };
    const { ticket, url, expire_seconds } = await api.post('qrcode/create', scene);
    expect({ url, expire_seconds }).toEqual({ url: expect.stringMatching(/^http:\/\/weixin\.qq\.com\/q\//), expire_seconds: 60 });
    const picture = () => fetch(`${account.url}/cgi-bin/showqrcode?${new URLSearchParams({ ticket })}`);
    expect((await picture()).headers.get('content-type')).toBe('image/jpg');
    expect(resident.scan('counter-1')).toMatchObject({ Event: 'SCAN', EventKey: 'counter-1', Ticket: ticket });
    const somebody = account.user({ follows: false, language: 'en' });
    expect(somebody.scan('counter-1')).toMatchObject({ Event: 'subscribe', EventKey: 'qrscene_counter-1', Ticket: ticket });
    expect(await api.got('user/info', { openid: somebody.openid })).toMatchObject({
      subscribe: 1,
      language: 'en',
      subscribe_scene: 'ADD_SCENE_QR_CODE',
      qr_scene_str: 'counter-1',
    });
    now += 60_000;
    expect((await picture()).status).toBe(404);
  });

  test('may be lasting, and has a scene in any case', async () => {
    const lasting = { action_name: 'QR_LIMIT_SCENE', action_info: { scene: { scene_id: 7 } } };
    expect(await api.post('qrcode/create', lasting)).not.toHaveProperty('expire_seconds');
    expect(await api.post('qrcode/create', { action_name: 'QR_DANCE' })).toMatchObject({ errcode: 40035 });
    expect(await api.post('qrcode/create', { ...lasting, action_info: { scene: { scene_id: 100_001 } } })).toMatchObject({
      errcode: 40035,
    });
  });
});

describe('what is known', () => {
  test('of a person is little, and of those who do not follow nothing', async () => {
    expect(await api.got('user/info', { openid: account.user({ follows: false }).openid })).toMatchObject({ subscribe: 0 });
    expect(await api.got('user/info', { openid: resident.openid })).toMatchObject({ subscribe: 1, language: 'zh_CN' });
    expect(await api.got('user/info', { openid: 'oNobody' })).toMatchObject({ errcode: 40003 });
  });

  test('of WeChat’s own addresses is a list', async () => {
    expect(await api.got('getcallbackip')).toMatchObject({ ip_list: expect.arrayContaining(['127.0.0.1']) });
    expect(await api.got('get_api_domain_ip')).toMatchObject({ ip_list: expect.any(Array) });
  });
});

describe('outside the window', () => {
  const data = { thing1: { value: '有新答复' } };
  const template = { template_id: 'T1', title: '办理进度', content: '事项：{{thing1.DATA}}' };

  test('a template message reaches who follows, and how it went is told afterwards', async () => {
    account.addTemplate({ ...template, subscription: false });
    const quiet = account.user();
    const push = async (more: object = {}) => api.post('message/template/send', { touser: quiet.openid, template_id: 'T1', data, ...more });
    expect(await push()).toMatchObject({ errcode: 0, msgid: expect.any(Number) });
    expect(quiet.messages()).toMatchObject([{ via: 'template', text: '事项：有新答复' }]);
    expect(await push({ template_id: 'T9' })).toMatchObject({ errcode: 40037 });
    expect(await push({ data: undefined })).toMatchObject({ errcode: 47001 });
    expect(await api.got('template/get_all_private_template')).toMatchObject({ template_list: [{ template_id: 'T1', title: '办理进度' }] });
    quiet.refusesTemplates = true;
    expect(await push()).toMatchObject({ errcode: 0 });
    expect(quiet.messages()).toHaveLength(1);
    quiet.unfollow();
    expect(await push()).toMatchObject({ errcode: 43004 });
  });

  test('a notice reaches who agreed to it, once for each time', async () => {
    account.addTemplate({ ...template, subscription: true });
    const quiet = account.user();
    const push = async () => (await api.post('message/subscribe/bizsend', { touser: quiet.openid, template_id: 'T1', data })).errcode;
    expect(await push()).toBe(43101);
    quiet.agreeToNotice('T1');
    expect([await push(), await push()]).toEqual([0, 43101]);
    expect(quiet.messages()).toMatchObject([{ via: 'subscription', text: '事项：有新答复' }]);
  });
});
