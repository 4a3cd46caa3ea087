import { afterEach, beforeEach, expect, test } from 'vitest';
import { type BotApi, type Resident, startBotApi } from './bot-api.ts';
import { callerOf } from './plain-bot.ts';

let bot: BotApi;
let api: ReturnType<typeof callerOf>;
let resident: Resident;
beforeEach(async () => {
  bot = await startBotApi();
  api = callerOf(bot);
  resident = bot.user();
});
afterEach(() => bot.close());

const megabytes = (count: number) => count * 1024 * 1024;
const download = (path: string, token = bot.token) => fetch(`${bot.url}/file/bot${token}/${path}`);
const outcomeOf = (file_id: string | undefined) => api.outcome('getFile', { file_id });

test('a photo comes in several sizes, the largest last, whose bytes can be downloaded', async () => {
  const bytes = Buffer.from('a true photo');
  const sizes = resident.photo({ bytes, width: 800, height: 600 }, { caption: '看' }).message!.photo!;
  expect(sizes.map(({ width, height }) => [width, height])).toEqual([
    [90, 68],
    [320, 240],
    [800, 600],
  ]);
  const { body } = await api.call('getFile', { file_id: sizes.at(-1)!.file_id });
  expect(body.result).toEqual({
    file_id: sizes[2]!.file_id,
    file_unique_id: sizes[2]!.file_unique_id,
    file_size: bytes.length,
    file_path: expect.stringMatching(/^photos\/file_\d+\.jpg$/),
  });
  const got = await download(body.result.file_path);
  expect(Buffer.from(await got.arrayBuffer())).toEqual(bytes);
  expect((await download(body.result.file_path, `1:${'x'.repeat(35)}`)).status).toBe(401);
  expect((await download('photos/none.jpg')).status).toBe(404);
});

test('twenty megabytes can be fetched, a byte more can not, and no bytes need stand behind a claim', async () => {
  const fits = resident.document({ size: megabytes(20) }).message!.document!;
  const tooBig = resident.video({ size: megabytes(20) + 1 }).message!.video!;
  expect(tooBig.file_size).toBe(megabytes(20) + 1);
  expect(await outcomeOf(tooBig.file_id)).toBe('400 Bad Request: file is too big');
  const { file_path } = (await api.call('getFile', { file_id: fits.file_id })).body.result;
  expect((await (await download(file_path)).arrayBuffer()).byteLength).toBe(megabytes(20));
});

test('a file may be gone: before it is asked for, or between the path and the download', async () => {
  const gone = '400 Bad Request: wrong file_id or the file is temporarily unavailable';
  expect(await outcomeOf(resident.voice({ gone: true }).message!.voice!.file_id)).toBe(gone);
  expect(await outcomeOf('nonsense')).toBe(gone);
  expect(await outcomeOf(undefined)).toBe('400 Bad Request: file_id not specified');
  const { file_id } = resident.voice({ bytes: Buffer.from('x'), gone: 'after-get' }).message!.voice!;
  const { file_path } = (await api.call('getFile', { file_id })).body.result;
  expect((await download(file_path)).status).toBe(404);
});

test('the bot sends a file by upload, by id or by address, with a caption that is not too long', async () => {
  const form = new FormData();
  form.append('chat_id', String(resident.id));
  form.append('caption', '照片');
  form.append('photo', new Blob([Buffer.from('bytes')], { type: 'image/jpeg' }), 'a.jpg');
  const sent = (await api.send('sendPhoto', form)).body.result;
  expect(sent).toMatchObject({ caption: '照片', photo: [{}, {}, { file_size: 5 }] });
  const { file_path } = (await api.call('getFile', { file_id: sent.photo[2].file_id })).body.result;
  expect(await (await download(file_path)).text()).toBe('bytes');
  const again = (more: object, method = 'sendPhoto') => api.outcome(method, { chat_id: resident.id, ...more });
  expect(await again({ photo: sent.photo[2].file_id, caption: 'x'.repeat(1024) })).toBe('taken');
  expect(await again({ photo: sent.photo[2].file_id, caption: 'x'.repeat(1025) })).toBe('400 Bad Request: message caption is too long');
  expect(await again({ photo: 'https://example.org/a.jpg' })).toBe('taken');
  expect(await again({ photo: 'nonsense' })).toBe('400 Bad Request: wrong file identifier/HTTP URL specified');
  expect(await again({})).toBe('400 Bad Request: there is no photo in the request');
  for (const kind of ['video', 'voice', 'audio', 'document'])
    expect(await again({ [kind]: sent.photo[2].file_id }, `send${kind}`)).toBe('taken');
  expect(resident.texts()).toEqual(['照片', 'x'.repeat(1024), '', '', '', '', '']);
  expect(bot.calls[0]?.payload.photo).toEqual({ name: 'a.jpg', mime: 'image/jpeg', size: 5 });
});

test('an album is two to ten files that go together, each a message of one group', async () => {
  const photo = { type: 'photo', media: 'https://example.org/a.jpg' };
  const send = (media: object[]) => api.outcome('sendMediaGroup', { chat_id: resident.id, media });
  const form = new FormData();
  form.append('chat_id', String(resident.id));
  form.append('media', JSON.stringify([{ type: 'photo', media: 'attach://one', caption: '一' }, photo]));
  form.append('one', new Blob([Buffer.from('1')]), '1.jpg');
  const { result } = (await api.send('sendMediaGroup', form)).body;
  expect(result).toMatchObject([{ caption: '一', media_group_id: result[1].media_group_id }, { message_id: result[0].message_id + 1 }]);
  expect(await send([photo])).toBe('400 Bad Request: there are not enough media to send as an album');
  expect(await send(Array.from({ length: 11 }, () => photo))).toBe('400 Bad Request: too many messages to send as an album');
  expect(await send([photo, { ...photo, type: 'document' }])).toBe(
    "400 Bad Request: can't use the media of the specified type in the album",
  );
  expect(await send([photo, { type: 'photo', media: 'attach://none' }])).toBe('400 Bad Request: file "attach://none" not found');
  expect(resident.messages()).toHaveLength(2);
});
