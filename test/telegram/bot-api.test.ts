import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type BotApi, contentOf, type Resident, startBotApi } from './bot-api.ts';
import { callerOf } from './plain-bot.ts';

let bot: BotApi;
let api: ReturnType<typeof callerOf>;
let resident: Resident;
beforeEach(async () => {
  bot = await startBotApi();
  api = callerOf(bot);
  resident = bot.user({ languageCode: 'zh' });
});
afterEach(() => bot.close());

const send = (more: object = {}) => api.outcome('sendMessage', { chat_id: resident.id, text: '您好', ...more });
const inline = (...rows: object[][]) => ({ reply_markup: { inline_keyboard: rows } });
const button = (text: string, callback_data: string) => ({ text, callback_data });

describe('a call', () => {
  test('is understood in every way Telegram reads one', async () => {
    const form = new FormData();
    form.append('chat_id', String(resident.id));
    form.append('text', 'form');
    form.append('reply_markup', JSON.stringify({ inline_keyboard: [[button('A', 'a')]] }));
    await api.get('SENDmessage', { chat_id: String(resident.id), text: 'query' });
    await api.send('sendMessage', new URLSearchParams({ chat_id: String(resident.id), text: 'urlencoded & more' }));
    await api.send('sendmessage', form);
    await api.call('sendMessage', { chat_id: resident.id, text: 'json' });
    expect(resident.texts()).toEqual(['query', 'urlencoded & more', 'form', 'json']);
    expect(resident.keyboard()).toEqual([['A']]);
    expect(bot.calls.map(({ method, chatId, tookEffect, answered }) => ({ method, chatId, tookEffect, answered }))).toEqual(
      Array.from({ length: 4 }, () => ({ method: 'sendMessage', chatId: resident.id, tookEffect: true, answered: 200 })),
    );
  });

  test('with a token that is none is not found, with one of nobody unauthorized, of an unknown method not found', async () => {
    expect(await api.get('getMe', {}, 'nonsense')).toEqual({ status: 404, body: { ok: false, error_code: 404, description: 'Not Found' } });
    expect(await api.get('getMe', {}, `123456:${'x'.repeat(35)}`)).toEqual({
      status: 401,
      body: { ok: false, error_code: 401, description: 'Unauthorized' },
    });
    expect(await api.outcome('sendFlowers')).toBe('404 Not Found');
    expect(await api.call('getMe')).toMatchObject({ status: 200, body: { ok: true, result: { is_bot: true, id: bot.me.id } } });
    expect(bot.calls.map(({ method, tookEffect }) => [method, tookEffect])).toEqual([
      ['sendFlowers', false],
      ['getMe', true],
    ]);
  });

  test('that is no JSON, or no object, is refused', async () => {
    const post = (body: string) =>
      fetch(api.address('sendMessage'), { method: 'POST', headers: { 'content-type': 'application/json' }, body });
    expect((await post('{"chat_id": 1')).status).toBe(400);
    expect((await post('[]')).status).toBe(400);
  });
});

describe('a message', () => {
  test('has an id that rises in its chat, and its own chat only', async () => {
    const other = bot.user();
    expect(contentOf(resident.say('a')).message_id).toBe(1);
    expect((await api.call('sendMessage', { chat_id: resident.id, text: 'b' })).body.result).toMatchObject({
      message_id: 2,
      from: { id: bot.me.id, is_bot: true },
      chat: { id: resident.id, type: 'private' },
      text: 'b',
    });
    expect(contentOf(other.say('c')).message_id).toBe(1);
    expect(resident.messages().map(({ id, from, text }) => [id, from, text])).toEqual([
      [1, 'user', 'a'],
      [2, 'bot', 'b'],
    ]);
  });

  test.each([
    ['no chat', { chat_id: undefined }, '400 Bad Request: chat_id is empty'],
    ['a chat nobody knows', { chat_id: 42 }, '400 Bad Request: chat not found'],
    ['a name as chat', { chat_id: '@nobody' }, '400 Bad Request: chat not found'],
    ['no text', { text: '' }, '400 Bad Request: message text is empty'],
    ['only blanks', { text: ' \n ' }, '400 Bad Request: text must be non-empty'],
    ['4096 units', { text: '字'.repeat(4096) }, 'taken'],
    ['4097 units', { text: '字'.repeat(4097) }, '400 Bad Request: message is too long'],
    ['2049 characters of two units', { text: '😀'.repeat(2049) }, '400 Bad Request: message is too long'],
    ['half a character', { text: 'a\ud83d' }, '400 Bad Request: text must be encoded in UTF-8'],
    ['a reply to nothing', { reply_parameters: { message_id: 77 } }, '400 Bad Request: message to be replied not found'],
    ['a reply that may be to nothing', { reply_parameters: { message_id: 77, allow_sending_without_reply: true } }, 'taken'],
    [
      'marks that do not close',
      { text: '<b>a', parse_mode: 'HTML' },
      '400 Bad Request: can\'t parse entities: Can\'t find end tag corresponding to start tag "b"',
    ],
    [
      'a sign that is no mark',
      { text: '1 < 2', parse_mode: 'HTML' },
      '400 Bad Request: can\'t parse entities: Unsupported start tag "" at byte offset 2',
    ],
    ['a mode nobody knows', { parse_mode: 'BBCode' }, '400 Bad Request: unsupported parse_mode'],
  ])('with %s', async (_, more, outcome) => {
    expect(await send(more)).toBe(outcome);
    expect(resident.texts()).toHaveLength(outcome === 'taken' ? 1 : 0);
  });

  test('is shown as Telegram cleans it', async () => {
    await send({ text: ' a\r\nb\u0000c\u202ed \n' });
    await send({ text: '<b>重要</b> 1 &lt; 2', parse_mode: 'HTML' });
    expect(resident.texts()).toEqual(['a\nb cd', '重要 1 < 2']);
    expect(resident.last()?.message.entities).toEqual([{ type: 'bold', offset: 0, length: 2 }]);
  });
});

describe('a keyboard', () => {
  const row = (count: number) => Array.from({ length: count }, (_, index) => button(`b${index}`, `b${index}`));

  test.each([
    ['callback_data of 64 bytes', inline([button('A', 'x'.repeat(64))]), 'taken'],
    ['callback_data of 65 bytes', inline([button('A', 'x'.repeat(65))]), '400 Bad Request: BUTTON_DATA_INVALID'],
    ['callback_data of 22 characters that are 66 bytes', inline([button('A', '字'.repeat(22))]), '400 Bad Request: BUTTON_DATA_INVALID'],
    ['empty callback_data', inline([button('A', '')]), '400 Bad Request: BUTTON_DATA_INVALID'],
    ['an inline button without text', inline([button('', 'a')]), '400 Bad Request: inline keyboard button text must be non-empty'],
    [
      'an inline button that does nothing',
      inline([{ text: 'A' }]),
      "400 Bad Request: can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
    ],
    ['eight in a row', inline(row(8)), 'taken'],
    ['nine in a row', inline(row(9)), '400 Bad Request: reply markup is too long'],
    ['a hundred buttons', inline(...Array.from({ length: 25 }, () => row(4))), 'taken'],
    ['a hundred and four buttons', inline(...Array.from({ length: 26 }, () => row(4))), '400 Bad Request: reply markup is too long'],
    [
      'a wrong address',
      inline([{ text: 'A', url: 'nowhere' }]),
      "400 Bad Request: inline keyboard button URL 'nowhere' is invalid: Wrong HTTP URL",
    ],
    ['a reply button without text', { reply_markup: { keyboard: [['']] } }, '400 Bad Request: keyboard button text must be non-empty'],
    ['no rows', { reply_markup: { inline_keyboard: 'A' } }, "400 Bad Request: can't parse inline keyboard markup JSON object"],
  ])('with %s', async (_, more, outcome) => {
    expect(await send(more)).toBe(outcome);
  });
});

describe('a chat that does not hear the bot', () => {
  test.each([
    ['blocked', () => resident.block(), '403 Forbidden: bot was blocked by the user'],
    ['deactivated', () => resident.deactivate(), '403 Forbidden: user is deactivated'],
    ['deleted', () => resident.deleteChat(), '400 Bad Request: chat not found'],
  ])('because it is %s', async (_, happens, outcome) => {
    await send();
    happens();
    expect(await send()).toBe(outcome);
    expect(await api.outcome('editMessageText', { chat_id: resident.id, message_id: 1, text: 'x' })).toBe(outcome);
    expect(await api.outcome('sendChatAction', { chat_id: resident.id, action: 'typing' })).toBe(outcome);
    expect(await api.outcome('sendPhoto', { chat_id: resident.id, photo: 'x' })).toBe(outcome);
    expect(resident.texts()).toEqual(['您好']);
    expect(bot.sent(resident.id)).toHaveLength(1);
  });

  test('hears it again once unblocked; the bot is told of both', async () => {
    const blocked = resident.block();
    expect(() => resident.say('?')).toThrow('blocked');
    const unblocked = resident.unblock();
    expect(blocked.my_chat_member).toMatchObject({ old_chat_member: { status: 'member' }, new_chat_member: { status: 'kicked' } });
    expect(unblocked.my_chat_member).toMatchObject({ old_chat_member: { status: 'kicked' }, new_chat_member: { status: 'member' } });
    expect((await api.call('getUpdates')).body.result).toEqual([blocked, unblocked]);
    expect(await send()).toBe('taken');
  });
});

describe('an edit', () => {
  const edit = (message_id: number | undefined, more: object) =>
    api.outcome('editMessageText', { chat_id: resident.id, message_id, ...more });
  const editMarkup = (message_id: number, more: object) =>
    api.outcome('editMessageReplyMarkup', { chat_id: resident.id, message_id, ...more });

  test('changes the words and drops the keyboard, unless it brings one', async () => {
    await send(inline([button('A', 'a')]));
    expect(await edit(1, { text: '改了' })).toBe('taken');
    expect(resident.messages()).toMatchObject([{ text: '改了', edited: true, keyboard: [] }]);
    expect(await editMarkup(1, inline([button('B', 'b')]))).toBe('taken');
    expect(resident.keyboard()).toEqual([['B']]);
    expect(await edit(1, { text: '又改', ...inline([button('B', 'b')]) })).toBe('taken');
    expect(await editMarkup(1, {})).toBe('taken');
    expect(resident.messages()).toMatchObject([{ text: '又改', keyboard: [] }]);
    expect(bot.sent(resident.id)).toMatchObject([{ text: '您好', messageId: 1 }]);
  });

  test('is refused where Telegram refuses it', async () => {
    const notModified =
      '400 Bad Request: message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message';
    await send(inline([button('A', 'a')]));
    await send({ reply_markup: { keyboard: [['位置']] } });
    resident.say('mine');
    await api.call('sendPhoto', { chat_id: resident.id, photo: 'https://example.org/a.jpg' });
    expect(await edit(1, { text: '您好', ...inline([button('A', 'a')]) })).toBe(notModified);
    expect(await editMarkup(1, inline([button('A', 'a')]))).toBe(notModified);
    expect(await edit(1, { text: '' })).toBe('400 Bad Request: message text is empty');
    expect(await edit(1, { text: 'x'.repeat(4097) })).toBe('400 Bad Request: MESSAGE_TOO_LONG');
    expect(await edit(1, { text: 'x', reply_markup: { keyboard: [['A']] } })).toBe('400 Bad Request: inline keyboard expected');
    expect(await edit(2, { text: 'x' })).toBe("400 Bad Request: message can't be edited");
    expect(await edit(3, { text: 'x' })).toBe("400 Bad Request: message can't be edited");
    expect(await edit(4, { text: 'x' })).toBe('400 Bad Request: there is no text in the message to edit');
    expect(await edit(99, { text: 'x' })).toBe('400 Bad Request: message to edit not found');
    expect(await edit(undefined, { text: 'x' })).toBe('400 Bad Request: message identifier is not specified');
    expect(resident.texts()).toEqual(['您好', '您好', '']);
  });

  test('finds nothing once the message is deleted', async () => {
    await send();
    expect(await api.outcome('deleteMessage', { chat_id: resident.id, message_id: 1 })).toBe('taken');
    expect(await api.outcome('deleteMessage', { chat_id: resident.id, message_id: 1 })).toBe(
      '400 Bad Request: message to delete not found',
    );
    expect(await edit(1, { text: 'x' })).toBe('400 Bad Request: message to edit not found');
    expect(resident.messages()).toEqual([]);
    expect(bot.sent(resident.id)).toHaveLength(1);
  });
});

describe('what the bot tells about itself', () => {
  test('is kept by scope and language, and languages have two letters', async () => {
    const commands = [{ command: 'help', description: '帮助' }];
    const set = (more: object) => api.outcome('setMyCommands', { commands, ...more });
    expect(await set({ language_code: 'zh', scope: { type: 'all_private_chats' } })).toBe('taken');
    expect(await set({})).toBe('taken');
    expect(await set({ language_code: 'zh-CN' })).toBe('400 Bad Request: invalid language code specified');
    expect(await set({ commands: [{ command: 'Help!', description: 'x' }] })).toBe('400 Bad Request: BOT_COMMAND_INVALID');
    expect(await set({ commands: [{ command: 'help', description: '' }] })).toBe('400 Bad Request: BOT_COMMAND_DESCRIPTION_INVALID');
    expect([...bot.profile.commands.keys()]).toEqual(['all_private_chats zh', 'default']);
    expect((await api.call('getMyCommands', { language_code: 'zh', scope: { type: 'all_private_chats' } })).body.result).toEqual(commands);
    expect(await api.outcome('deleteMyCommands')).toBe('taken');
    expect((await api.call('getMyCommands')).body.result).toEqual([]);
  });

  test('has a description, a short one and a menu button', async () => {
    expect(await api.outcome('setMyDescription', { description: '说', language_code: 'zh' })).toBe('taken');
    expect(await api.outcome('setMyDescription', { description: 'x'.repeat(513) })).toBe('400 Bad Request: description is too long');
    expect(await api.outcome('setMyShortDescription', { short_description: 'x'.repeat(121) })).toBe(
      '400 Bad Request: short description is too long',
    );
    expect(await api.outcome('setChatMenuButton', { menu_button: { type: 'commands' } })).toBe('taken');
    expect((await api.call('getMyDescription', { language_code: 'zh' })).body.result).toEqual({ description: '说' });
    expect(bot.profile.menuButtons.get('default')).toEqual({ type: 'commands' });
  });
});

test('typing is seen, and what is no action is refused', async () => {
  expect(await api.outcome('sendChatAction', { chat_id: resident.id, action: 'typing' })).toBe('taken');
  expect(await api.outcome('sendChatAction', { chat_id: resident.id, action: 'sleeping' })).toBe(
    '400 Bad Request: wrong parameter action in request',
  );
  expect(resident.actions()).toEqual(['typing']);
});

test('a bot that has just been launched can not be closed; logged out it can do nothing', async () => {
  expect(await api.call('close')).toMatchObject({
    status: 429,
    body: { error_code: 429, parameters: { retry_after: expect.any(Number) } },
  });
  expect(await api.outcome('logOut')).toBe('taken');
  expect(await api.outcome('getMe')).toBe('400 Logged out');
  const old = await startBotApi({ launchedAt: Date.now() - 601_000 });
  expect(await callerOf(old).outcome('close')).toBe('taken');
  await old.close();
});
