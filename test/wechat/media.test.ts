import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Account, type Resident, startWechat } from './account.ts';
import { callerOf, deskFor } from './plain-desk.ts';

const jpeg = Buffer.from('ffd8ffe0ffd9', 'hex');
const threeDays = 3 * 24 * 3_600_000;

let account: Account;
let api: ReturnType<typeof callerOf>;
let resident: Resident;
let now = Date.UTC(2026, 0, 5, 2);
beforeEach(async () => {
  account = await startWechat({ clock: () => now, mode: 'plain' });
  api = callerOf(account);
  resident = account.user();
});
afterEach(() => account.close());

const upload = (bytes: Buffer, type = 'image', field = 'media', name = 'photo.jpg') => {
  const form = new FormData();
  form.append(field, new Blob([new Uint8Array(bytes)]), name);
  return api.post('media/upload', form, { type });
};

describe('a resident’s file', () => {
  test('is fetched as it was, for three days', async () => {
    const { MediaId } = resident.image(jpeg);
    const answer = await api.get('media/get', { media_id: String(MediaId) });
    expect(answer.headers.get('content-type')).toBe('image/jpeg');
    expect(answer.headers.get('content-disposition')).toBe(`attachment; filename="${MediaId}.jpg"`);
    expect(Buffer.from(await answer.arrayBuffer())).toEqual(jpeg);
    expect(account.calls.at(-1)).toMatchObject({ path: 'media/get', tookEffect: true, errcode: undefined });
    now += threeDays;
    api = callerOf(account);
    expect(await api.got('media/get', { media_id: String(MediaId) })).toMatchObject({ errcode: 40007 });
  });

  test('may be gone before its time, or asked for by no name', async () => {
    const { MediaId } = resident.voice();
    expect((await api.get('media/get', { media_id: String(MediaId) })).headers.get('content-type')).toBe('audio/amr');
    account.dropMedia(String(MediaId));
    expect(await api.got('media/get', { media_id: String(MediaId) })).toMatchObject({ errcode: 40007 });
    expect(await api.got('media/get')).toMatchObject({ errcode: 41006 });
  });

  test('that is a film lies elsewhere, or comes at once', async () => {
    const film = Buffer.from('\0\0\0\x18ftypmp42film', 'latin1');
    const { MediaId } = resident.video(film);
    const answer = await api.get('media/get', { media_id: String(MediaId) });
    expect(answer.headers.get('content-type')).toBe('text/plain');
    const { video_url } = await answer.json();
    expect(Buffer.from(await (await fetch(video_url)).arrayBuffer())).toEqual(film);
    expect((await fetch(`${account.url}/video/none`)).status).toBe(404);
    account.filmsByAddress = false;
    expect((await api.get('media/get', { media_id: String(MediaId) })).headers.get('content-type')).toBe('video/mp4');
  });
});

describe('an upload', () => {
  test('is given a name, with which it can be sent', async () => {
    const { media_id: mediaId, type, created_at } = await upload(jpeg);
    expect({ type, created_at }).toEqual({ type: 'image', created_at: Math.floor(now / 1000) });
    resident.say('看看');
    const image = { touser: resident.openid, msgtype: 'image', image: { media_id: mediaId } };
    expect(await api.post('message/custom/send', image)).toMatchObject({ errcode: 0 });
    expect(await api.post('message/custom/send', { ...image, msgtype: 'voice', voice: image.image })).toMatchObject({ errcode: 40007 });
    expect(resident.messages()).toMatchObject([{ kind: 'image', mediaId, text: '' }]);
    now += threeDays;
    api = callerOf(account);
    resident.say('还有吗');
    expect(await api.post('message/custom/send', image)).toMatchObject({ errcode: 40007 });
    expect(await upload(jpeg, 'thumb')).toMatchObject({ type: 'thumb', thumb_media_id: expect.any(String) });
  });

  test('of another kind, too large, empty or under another name is refused', async () => {
    expect(await upload(jpeg, 'flowers')).toMatchObject({ errcode: 40004 });
    expect(await upload(jpeg, 'voice')).toMatchObject({ errcode: 40004 });
    expect(await upload(Buffer.from('plain words'))).toMatchObject({ errcode: 40004 });
    expect(await upload(Buffer.concat([jpeg, Buffer.alloc(65_536)]), 'thumb')).toMatchObject({ errcode: 40006 });
    expect(await upload(Buffer.alloc(0))).toMatchObject({ errcode: 41005 });
    expect(await upload(jpeg, 'image', 'file')).toMatchObject({ errcode: 41005 });
  });

  test('may be a passive reply', async () => {
    const { media_id: mediaId } = await upload(jpeg);
    const desk = await deskFor(account, ({ FromUserName, ToUserName }) => ({
      body: `<xml><ToUserName>${FromUserName}</ToUserName><FromUserName>${ToUserName}</FromUserName><CreateTime>1</CreateTime><MsgType>image</MsgType><Image><MediaId>${mediaId}</MediaId></Image></xml>`,
    }));
    await account.configure(desk.url);
    resident.say('照片呢');
    await account.settled({ quietMs: 30 });
    expect(resident.messages()).toMatchObject([{ via: 'passive', kind: 'image', mediaId }]);
    await desk.close();
  });
});
