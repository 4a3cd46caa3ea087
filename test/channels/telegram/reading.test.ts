import { describe, expect, test } from 'vitest';
import { readUpdate } from '../../../src/channels/telegram/reading/reading.ts';
import { tapToText } from '../../../src/domain/tap.ts';

const reader = { bot: '42', defaultLocale: 'zh-CN' };
const chat = { id: 7, type: 'private' };
const from = { id: 7, language_code: 'zh-hans' };
const read = (update: Record<string, unknown>) => readUpdate({ update_id: 9, ...update }, reader);
const message = (content: Record<string, unknown>) => read({ message: { message_id: 3, date: 1_700_000_000, chat, from, ...content } });
const inputOf = (content: Record<string, unknown>) => {
  const reading = message(content);
  return reading.is === 'inbound' ? reading.inbound.input : reading;
};
const file = { file_id: 'F', file_unique_id: 'u' };

describe('a message', () => {
  test('is known by chat and number, counts by its update, and speaks the language of the phone', () => {
    expect(message({ text: '楼下很吵' })).toEqual({
      is: 'inbound',
      chat: '7',
      inbound: {
        channel: 'telegram',
        bot: '42',
        updateId: '9',
        address: '7',
        locale: 'zh-CN',
        input: { type: 'text', text: '楼下很吵' },
        sentAt: 1_700_000_000_000,
        knownAs: '7/3',
      },
    });
  });

  test('that answers an earlier one says which', () => {
    expect(message({ text: '还是吵', reply_to_message: { message_id: 2, chat } })).toMatchObject({ inbound: { quotes: '7/2' } });
  });

  test.each([
    ['zh-hant', 'zh-CN'],
    ['en', 'en'],
    ['fr', 'en'],
    [undefined, 'zh-CN'],
  ])('of a phone that speaks %s is answered in %s', (code, locale) => {
    expect(message({ text: 'x', from: { id: 7, ...(code && { language_code: code }) } })).toMatchObject({ inbound: { locale } });
  });

  test('with a photo names the largest one, to be fetched', () => {
    const photo = [
      { file_id: 'small', width: 90, height: 60 },
      { file_id: 'large', width: 1280, height: 960, file_size: 200_000 },
      { file_id: 'middle', width: 320, height: 240 },
    ];
    expect(inputOf({ photo, caption: '西墙' })).toMatchObject({
      type: 'media',
      caption: '西墙',
      items: [{ kind: 'photo', state: 'stub', why: 'not-fetched', fetchRef: 'large' }],
    });
  });

  test.each([
    ['voice', 'voice'],
    ['video', 'video'],
    ['video_note', 'video'],
    ['animation', 'video'],
    ['audio', 'audio'],
    ['document', 'document'],
  ])('with %s is a %s', (key, kind) => {
    expect(inputOf({ [key]: file })).toMatchObject({ type: 'media', items: [{ kind, fetchRef: 'F' }] });
  });

  test('with a file no bot may fetch keeps the place of it and its caption', () => {
    expect(inputOf({ video: { ...file, file_size: 20 * 1024 * 1024 + 1 }, caption: '看' })).toMatchObject({
      caption: '看',
      items: [{ state: 'stub', why: 'too-big' }],
    });
  });

  test('with a place, a venue, a contact or a sticker says it in its own way', () => {
    const location = { latitude: 30.27, longitude: 120.15 };
    expect(inputOf({ location })).toEqual({ type: 'place', ...location, datum: 'wgs84' });
    expect(inputOf({ location, venue: { location, title: '青柳公园', address: '湖滨路 1 号' } })).toEqual({
      type: 'place',
      ...location,
      datum: 'wgs84',
      label: '青柳公园 湖滨路 1 号',
    });
    expect(inputOf({ contact: { phone_number: '13800000000', first_name: '王', last_name: '芳' } })).toEqual({
      type: 'text',
      text: '王 芳 13800000000',
    });
    expect(inputOf({ sticker: { ...file, emoji: '👍' } })).toEqual({ type: 'text', text: '👍' });
  });

  test.each([
    ['/start', { type: 'start', payload: '' }],
    ['/start r', { type: 'start', payload: 'r' }],
    ['/report@QingliuBot', { type: 'start', payload: 'report' }],
    ['/ask', { type: 'start', payload: 'help' }],
    ['/person', { type: 'command', name: 'human' }],
    ['/cancel', { type: 'command', name: 'cancel' }],
    ['/report 楼下很吵', { type: 'text', text: '/report 楼下很吵' }],
    ['/constructor', { type: 'text', text: '/constructor' }],
  ])('%s is understood', (text, input) => {
    expect(inputOf({ text })).toEqual(input);
  });

  test('of a kind we cannot read is kept raw; what Telegram tells by itself is not answered', () => {
    const poll = message({ poll: { id: '1', question: '?' } });
    expect(poll).toMatchObject({ inbound: { input: { type: 'unknown', what: 'poll' } } });
    expect(poll.is === 'inbound' && JSON.parse(poll.inbound.raw ?? '')).toMatchObject({ update_id: 9 });
    expect(message({ pinned_message: {} })).toMatchObject({ is: 'nothing' });
  });

  test('keeps what is good beside what is broken', () => {
    expect(inputOf({ text: '门\u0000锁\ud800坏了\u202e', photo: 'no', reply_to_message: 4 })).toEqual({
      type: 'text',
      text: '门锁\uFFFD坏了',
    });
    expect(inputOf({ photo: [{ file_id: 4 }], caption: '门坏了' })).toEqual({ type: 'text', text: '门坏了' });
  });

  test('in a group is for nobody', () => {
    expect(message({ text: 'hi', chat: { id: -5, type: 'supergroup' } })).toEqual({ is: 'not-private', chat: '-5', locale: 'zh-CN' });
  });
});

describe('other updates', () => {
  test('an edit says what the message was known as; a place that moves by itself is none', () => {
    const edit = (content: object) => read({ edited_message: { message_id: 3, chat, from, ...content } });
    expect(edit({ text: '楼上很吵' })).toMatchObject({ inbound: { input: { type: 'edited', text: '楼上很吵', messageId: '7/3' } } });
    expect(edit({ location: { latitude: 1, longitude: 2 } })).toMatchObject({ is: 'nothing' });
  });

  test('a tap is the button’s, and remembers the keyboard it was on', () => {
    const data = tapToText({ on: 'step', intake: 'ABCD2345', step: 'topic', value: 'noise' });
    const reply_markup = { inline_keyboard: [[{ text: '噪音', callback_data: data }]] };
    expect(read({ callback_query: { id: 'q', from, message: { message_id: 5, chat, reply_markup }, data } })).toMatchObject({
      is: 'inbound',
      inbound: { address: '7', input: { type: 'tap', tap: { on: 'step', step: 'topic', value: 'noise' } } },
      tapped: { query: 'q', message: { id: 5, keyboard: reply_markup } },
    });
  });

  test('a tap that means nothing, or has no button left, is still to be answered', () => {
    for (const data of [undefined, '', 'x', 's:', '💣'.repeat(50)])
      expect(read({ callback_query: { id: 'q', from, ...(data !== undefined && { data }) } })).toMatchObject({
        is: 'worn-button',
        tapped: { query: 'q' },
      });
  });

  test('blocked and back', () => {
    const member = (status: string, type = 'private') =>
      read({ my_chat_member: { chat: { id: 7, type }, from, new_chat_member: { status } } });
    expect(member('kicked')).toMatchObject({ inbound: { input: { type: 'reachability', to: 'blocked' } } });
    expect(member('member')).toMatchObject({ inbound: { input: { type: 'reachability', to: 'back' } } });
    expect(member('member', 'group')).toMatchObject({ is: 'not-private' });
    expect(member('left', 'group')).toMatchObject({ is: 'nothing' });
  });

  test('anything else is nothing, whatever it holds', () => {
    for (const update of [
      {},
      { poll: {} },
      { message: null },
      { message: [] },
      { callback_query: 'x' },
      { constructor: 1 },
      { __proto__: { message: 1 } },
    ])
      expect(read(update as Record<string, unknown>)).toMatchObject({ is: 'nothing' });
  });
});
