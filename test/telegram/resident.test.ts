import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type BotApi, contentOf, type Resident, startBotApi } from './bot-api.ts';
import { callerOf } from './plain-bot.ts';

let bot: BotApi;
let api: ReturnType<typeof callerOf>;
let resident: Resident;
beforeEach(async () => {
  bot = await startBotApi();
  api = callerOf(bot);
  resident = bot.user({ id: 42, firstName: '王芳', languageCode: 'zh-hans' });
});
afterEach(() => bot.close());

const send = async (more: object = {}) => (await api.call('sendMessage', { chat_id: 42, text: 'x', ...more })).body.result;
const inline = (...labels: string[]) => ({
  reply_markup: { inline_keyboard: [labels.map((text) => ({ text, callback_data: `do:${text}` }))] },
});
const keyboard = (buttons: object[], more: object = {}) => ({ reply_markup: { keyboard: [buttons], ...more } });

describe('a tap', () => {
  test('is on the newest message that has the button, by label or by data', async () => {
    await send(inline('好', '不好'));
    await send(inline('好'));
    await send({ text: 'no buttons' });
    expect(resident.tap('好').callback_query).toMatchObject({
      data: 'do:好',
      from: { id: 42, language_code: 'zh-hans' },
      message: { message_id: 2 },
    });
    expect(resident.tap('do:不好').callback_query).toMatchObject({ message: { message_id: 1 } });
    expect(resident.tap('好', { on: 1 }).callback_query).toMatchObject({ message: { message_id: 1 } });
    expect(() => resident.tap('不好', { on: 2 })).toThrow('No button «不好»');
  });

  test('on what has gone is made only with the button itself', async () => {
    await send(inline('好'));
    const button = resident.last()!.keyboard[0]![0]!;
    await api.call('editMessageReplyMarkup', { chat_id: 42, message_id: 1 });
    expect(() => resident.tap('好')).toThrow('No button «好»');
    expect(resident.tap(button).callback_query).toMatchObject({ data: 'do:好', message: { message_id: 1, text: 'x' } });
    await api.call('deleteMessage', { chat_id: 42, message_id: 1 });
    expect(resident.tap(button, { on: 1 }).callback_query).toMatchObject({ data: 'do:好', message: { message_id: 1, date: 0 } });
  });

  test('is answered, also again, but not when it is too old or was never made', async () => {
    const tooOld = '400 Bad Request: query is too old and response timeout expired or query ID is invalid';
    await send(inline('好'));
    const { id } = resident.tap('好').callback_query!;
    const answer = (more: object = {}) => api.outcome('answerCallbackQuery', { callback_query_id: id, ...more });
    expect(await answer({ text: '收到', show_alert: true })).toBe('taken');
    expect(await answer()).toBe('taken');
    expect(await answer({ text: 'x'.repeat(201) })).toBe('400 Bad Request: MESSAGE_TOO_LONG');
    expect(await answer({ callback_query_id: '1' })).toBe(tooOld);
    bot.callbackLifetimeMs = -1;
    expect(await answer()).toBe(tooOld);
    expect(bot.callbackAnswers).toMatchObject([
      { queryId: id, chatId: 42, userId: 42, text: '收到', showAlert: true },
      { queryId: id, showAlert: false },
    ]);
  });
});

describe('a reply keyboard', () => {
  test('is shown until it is replaced or removed, and sends what its buttons ask for', async () => {
    await send(keyboard([{ text: '位置', request_location: true }, { text: '电话', request_contact: true }, { text: '算了' }]));
    expect(resident.replyKeyboard()).toEqual([['位置', '电话', '算了']]);
    expect(resident.pressKeyboard('位置').message).toMatchObject({ location: { latitude: expect.any(Number) } });
    expect(resident.pressKeyboard('电话').message).toMatchObject({ contact: { user_id: 42 } });
    expect(resident.pressKeyboard('算了').message).toMatchObject({ text: '算了' });
    await send(inline('好'));
    expect(resident.replyKeyboard()).toHaveLength(1);
    await send({ reply_markup: { remove_keyboard: true } });
    expect(resident.replyKeyboard()).toEqual([]);
    expect(() => resident.pressKeyboard('算了')).toThrow('No «算了»');
  });

  test('for one use is gone after it', async () => {
    await send(keyboard([{ text: 'A' }], { one_time_keyboard: true }));
    resident.pressKeyboard('A');
    expect(resident.replyKeyboard()).toEqual([]);
  });

  test('asks for nobody’s place in a group', async () => {
    const group = bot.group();
    expect(
      await api.outcome('sendMessage', { chat_id: group.id, text: 'x', ...keyboard([{ text: '位置', request_location: true }]) }),
    ).toBe('400 Bad Request: location can be requested in private chats only');
  });
});

describe('what a resident sends', () => {
  test('is text, commands and links as Telegram writes them', () => {
    expect(resident.start('case_7').message).toMatchObject({
      text: '/start case_7',
      entities: [{ type: 'bot_command', offset: 0, length: 6 }],
      from: { id: 42, first_name: '王芳', language_code: 'zh-hans' },
      chat: { id: 42, type: 'private', first_name: '王芳' },
    });
    expect(resident.command('help').message?.text).toBe('/help');
    expect(resident.say('你好').message).not.toHaveProperty('entities');
  });

  test('quotes a message, of the bot or their own, without what that one quotes', async () => {
    await send();
    resident.say('first', { quote: 1 });
    expect(resident.say('second', { quote: 2 }).message?.reply_to_message).toMatchObject({ message_id: 2, text: 'first' });
    expect(resident.say('third', { quote: 2 }).message?.reply_to_message).not.toHaveProperty('reply_to_message');
    expect(() => resident.say('x', { quote: 99 })).toThrow('No message 99');
  });

  test('is edited: the text, or the caption of a file', () => {
    resident.say('first');
    resident.photo(undefined, { caption: 'second' });
    expect(resident.edit(1, '改')).toMatchObject({ edited_message: { message_id: 1, text: '改', edit_date: expect.any(Number) } });
    expect(resident.edit(2, '也改')).toMatchObject({ edited_message: { message_id: 2, caption: '也改' } });
    expect(resident.messages().map(({ text, edited }) => [text, edited])).toEqual([
      ['改', true],
      ['也改', true],
    ]);
  });

  test('is an album: one update each, one group, the caption on the first', () => {
    const parts = resident.album([Buffer.from('a'), { kind: 'video', bytes: Buffer.from('b') }, { size: 7 }], { caption: '看' });
    const messages = parts.map(({ message }) => message!);
    expect(new Set(messages.map(({ media_group_id }) => media_group_id)).size).toBe(1);
    expect(messages[0]?.media_group_id).toMatch(/^\d+$/);
    expect(messages.map(({ caption }) => caption)).toEqual(['看', undefined, undefined]);
    expect(messages.map((message) => ('video' in message ? 'video' : 'photo'))).toEqual(['photo', 'video', 'photo']);
  });

  test('is any other kind', () => {
    const kinds = [
      resident.voice(),
      resident.audio(),
      resident.document({ name: '说明.pdf', mime: 'application/pdf' }),
      resident.sticker(),
      resident.animation(),
      resident.videoNote(),
      resident.location(30, 104),
      resident.venue('派出所', '一环路'),
      resident.contact({ phone_number: '110' }),
      resident.poll('?', ['a', 'b']),
      resident.dice(),
    ];
    const known = ['voice', 'audio', 'document', 'sticker', 'animation', 'video_note', 'location', 'venue', 'contact', 'poll', 'dice'];
    expect(kinds.map(({ message }) => Object.keys(message!).filter((key) => known.includes(key)))).toEqual([
      ['voice'],
      ['audio'],
      ['document'],
      ['sticker'],
      ['animation', 'document'],
      ['video_note'],
      ['location'],
      ['location', 'venue'],
      ['contact'],
      ['poll'],
      ['dice'],
    ]);
    expect(kinds.map((update) => contentOf(update).message_id)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
    expect(kinds[2]?.message?.document).toMatchObject({ file_name: '说明.pdf', mime_type: 'application/pdf' });
  });
});

test('a group hears of the bot’s coming; the bot speaks there until it leaves or is put out', async () => {
  const group = bot.group({ title: '小区' });
  const [member, added] = group.addBot(resident);
  expect(member).toMatchObject({
    my_chat_member: { chat: { id: group.id, type: 'supergroup', title: '小区' }, new_chat_member: { status: 'member' } },
  });
  expect(added).toMatchObject({ message: { new_chat_members: [{ id: bot.me.id }] } });
  expect(group.say(resident, '/start').message).toMatchObject({ text: '/start', chat: { id: group.id }, from: { id: 42 } });
  const speak = () => api.outcome('sendMessage', { chat_id: group.id, text: 'x' });
  expect(await speak()).toBe('taken');
  expect(await api.outcome('leaveChat', { chat_id: group.id })).toBe('taken');
  expect(group.left).toBe(true);
  expect(await speak()).toBe('403 Forbidden: bot is not a member of the supergroup chat');
  group.addBot(resident);
  group.removeBot(resident);
  expect(await speak()).toBe('403 Forbidden: bot was kicked from the supergroup chat');
  expect(group.texts()).toEqual(['x']);
});
