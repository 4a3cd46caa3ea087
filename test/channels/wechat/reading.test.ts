import { describe, expect, test } from 'vitest';
import { readMessage } from '../../../src/channels/wechat/reading.ts';
import { tapToText } from '../../../src/domain/tap.ts';

const reader = {
  bot: 'wx0123456789abcdef',
  defaultLocale: 'zh-CN',
  words: (key: string, _locale: string, values: object = {}) => `${key} ${Object.values(values).join()}`,
};
const base = { ToUserName: 'gh_1', FromUserName: 'oResident_1', CreateTime: '1700000000' };
const read = (fields: Record<string, string>) => readMessage({ ...base, ...fields }, reader);
const inputOf = (fields: Record<string, string>) => {
  const reading = read({ MsgId: '24000000000000001', ...fields });
  return reading?.is === 'inbound' ? reading.inbound.input : reading;
};
const event = (fields: Record<string, string>) => read({ MsgType: 'event', ...fields });

describe('a message', () => {
  test('is known by its MsgId, whose digits no number holds, and opens the window', () => {
    expect(read({ MsgType: 'text', Content: '楼下很吵', MsgId: '24000000000000001' })).toEqual({
      is: 'inbound',
      act: 'message',
      inbound: {
        channel: 'wechat',
        bot: 'wx0123456789abcdef',
        updateId: '24000000000000001',
        address: 'oResident_1',
        locale: 'zh-CN',
        input: { type: 'text', text: '楼下很吵' },
        numbered: true,
        opensWindow: true,
        sentAt: 1_700_000_000_000,
      },
    });
  });

  test('that is a tap on a menu message opens no more than a tap', () => {
    expect(read({ MsgType: 'text', Content: '1', bizmsgmenuid: '1', MsgId: '2' })).toMatchObject({ act: 'click' });
  });

  test('of each kind is what it is', () => {
    const media = (kind: string) => ({ type: 'media', items: [{ kind, state: 'stub', why: 'not-fetched', fetchRef: 'M' }] });
    expect(inputOf({ MsgType: 'image', PicUrl: 'http://x', MediaId: 'M' })).toMatchObject(media('photo'));
    expect(inputOf({ MsgType: 'video', MediaId: 'M', ThumbMediaId: 'T' })).toMatchObject(media('video'));
    expect(inputOf({ MsgType: 'shortvideo', MediaId: 'M' })).toMatchObject(media('video'));
    expect(inputOf({ MsgType: 'voice', MediaId: 'M', Format: 'amr' })).toMatchObject(media('voice'));
    expect(inputOf({ MsgType: 'voice', MediaId: 'M', Recognition: '楼下很吵' })).toMatchObject({ caption: 'wechat:recognized 楼下很吵' });
    expect(inputOf({ MsgType: 'location', Location_X: '30.27', Location_Y: '120.15', Scale: '16', Label: '青柳巷 3 号' })).toEqual({
      type: 'place',
      latitude: 30.27,
      longitude: 120.15,
      datum: 'gcj02',
      label: '青柳巷 3 号',
    });
    expect(inputOf({ MsgType: 'link', Title: '标题', Description: '说明', Url: 'https://example.cn' })).toEqual({
      type: 'text',
      text: '标题\n说明\nhttps://example.cn',
    });
  });

  test('of a kind nobody can read is kept raw', () => {
    expect(read({ MsgType: 'miniprogrampage', MsgId: '3', Title: 'x' })).toMatchObject({
      inbound: { input: { type: 'unknown', what: 'miniprogrampage' }, raw: expect.stringContaining('miniprogrampage') },
    });
  });

  test('keeps what is good beside what is broken', () => {
    expect(inputOf({ MsgType: 'text', Content: '门\u0000坏\u202e了\ud800' })).toEqual({ type: 'text', text: '门坏了\uFFFD' });
    expect(inputOf({ MsgType: 'location', Location_X: '900', Location_Y: 'x', Label: '青柳巷' })).toEqual({ type: 'text', text: '青柳巷' });
    expect(inputOf({ MsgType: 'voice', Recognition: '救命' })).toEqual({ type: 'text', text: 'wechat:recognized 救命' });
  });

  test('from nobody is none', () => {
    for (const fields of [{}, { FromUserName: '' }, { FromUserName: '../../x' }, { MsgType: '' }])
      expect(readMessage({ ToUserName: 'gh_1', MsgType: 'text', ...fields }, reader)).toBeUndefined();
  });
});

describe('an event', () => {
  test('is known by who, when, what and about what', () => {
    const one = event({ Event: 'CLICK', EventKey: tapToText({ on: 'home', door: 'report' }) });
    expect(one).toMatchObject({
      act: 'click',
      inbound: { updateId: 'oResident_1/1700000000/CLICK/h:report', input: { type: 'tap', tap: { on: 'home', door: 'report' } } },
    });
  });

  test('following, scanning and leaving', () => {
    expect(event({ Event: 'subscribe', EventKey: '' })).toMatchObject({
      act: 'follow',
      inbound: { input: { type: 'start', payload: '' } },
    });
    expect(event({ Event: 'subscribe', EventKey: 'qrscene_counter1' })).toMatchObject({
      inbound: { input: { type: 'start', payload: 'counter1' } },
    });
    expect(event({ Event: 'SCAN', EventKey: 'counter1' })).toMatchObject({
      act: 'scan',
      inbound: { input: { type: 'start', payload: 'counter1' } },
    });
    expect(event({ Event: 'unsubscribe', EventKey: '' })).toMatchObject({
      act: undefined,
      inbound: { input: { type: 'reachability', to: 'left' } },
    });
  });

  test('that tells a place by itself, opens a page or is new to us says nothing', () => {
    for (const name of ['LOCATION', 'VIEW', 'TEMPLATESENDJOBFINISH', 'debug_demo', ''])
      expect(event({ Event: name })).toMatchObject({ is: 'nothing' });
    expect(event({ Event: 'CLICK', EventKey: 'constructor' })).toMatchObject({ is: 'nothing', act: 'click' });
  });
});
