import sharp from 'sharp';
import { afterEach, expect, test, vi } from 'vitest';
import type { Media } from '../../src/domain/message.ts';
import { type MessengerRoom, messengerRoom } from './messenger-room.ts';

let room: MessengerRoom | undefined;
afterEach(async () => {
  await room?.end();
  room = undefined;
});

const jpeg = () =>
  sharp({ create: { width: 32, height: 32, channels: 3, background: '#7a9' } })
    .jpeg()
    .toBuffer();

const stub = (id: string): Media => ({ id, kind: 'photo', state: 'stub', why: 'not-fetched', fetchRef: `ref-${id}` });

/** A conversation that was greeted, with a help case filed and answered for. */
async function withCase(one: MessengerRoom): Promise<string> {
  await one.send({ type: 'text', text: '楼下烧烤店夜里放音响，吵到两点' });
  await one.send({ type: 'command', name: 'human' });
  const [reference] = await one.references();
  if (reference === undefined) throw new Error('nothing was filed');
  await one.casework.reply(one.by, reference, '我们今晚去看看');
  await heard(one, '我们今晚去看看');
  return reference;
}

/** The name by which the messenger knows what was said in these words, once that is written down. */
async function heard(one: MessengerRoom, words: string): Promise<string> {
  await vi.waitFor(() => expect(one.texts().some((text) => text.includes(words))).toBe(true));
  await vi.waitFor(async () => expect((await one.store.health()).pendingByChannel.messenger ?? 0).toBe(0));
  return `bot-${one.texts().findIndex((text) => text.includes(words)) + 1}`;
}

test('an album that comes part by part is pulled, counted whole and answered once, without waiting for the outbox to look by itself', async () => {
  room = await messengerRoom(async () => jpeg());
  await room.send({ type: 'start', payload: '' });
  await heard(room, '您想做什么');
  const before = room.texts().length;
  for (const id of ['a', 'b', 'c']) await room.send({ type: 'media', items: [stub(id)], group: 'album' });
  expect(room.texts()).toHaveLength(before);
  room.clock.now += 1_500;
  await heard(room, '是要放到哪里');
  expect(room.texts().slice(before)).toEqual([
    '照片收到了，现在共 3 份。照片不会马上有人看；要是现在有危险，请直接打 110。',
    '这些话我先替您留着。是要放到哪里？',
  ]);
  await room.send({ type: 'tap', tap: { on: 'home', door: 'human' } });
  await heard(room, '查询码');
  const [reference = ''] = await room.references();
  await vi.waitFor(async () =>
    expect(
      (await room!.shown(reference)).messages.find(({ from }) => from === 'resident')?.media.map(({ id, state }) => [id, state]),
    ).toEqual([
      ['a', 'stored'],
      ['b', 'stored'],
      ['c', 'stored'],
    ]),
  );
  expect(room.troubles).toEqual([]);
});

test('words that come right after an album are answered after it, and nothing waits for its time', async () => {
  room = await messengerRoom(async () => jpeg());
  await room.send({ type: 'start', payload: '' });
  await heard(room, '您想做什么');
  const before = room.texts().length;
  for (const id of ['a', 'b']) await room.send({ type: 'media', items: [stub(id)], group: 'album' });
  await room.send({ type: 'text', text: '首页' });
  await vi.waitFor(() => expect(room!.texts().slice(before)).toHaveLength(3), 3_000);
  expect(room.texts().slice(before)).toEqual([
    '照片收到了，现在共 2 份。照片不会马上有人看；要是现在有危险，请直接打 110。',
    '这些话我先替您留着。是要放到哪里？',
    expect.stringMatching(/^您想做什么/),
  ]);
});

test('an answer to what an officer wrote lies in that case, and so do other words for it', async () => {
  room = await messengerRoom();
  const reference = await withCase(room);
  const quotes = await heard(room, '我们今晚去看看');
  await room.send({ type: 'text', text: '今晚又开始了' }, { quotes, knownAs: 'again' });
  await heard(room, '加上了');
  const { version } = (await room.shown(reference)).file;
  await room.send({ type: 'edited', text: '今晚十点又开始了', messageId: 'again' });
  await heard(room, '改过的话也收到了');
  const view = await room.shown(reference);
  expect(view.messages.filter(({ from }) => from === 'resident').at(-1)).toMatchObject({
    text: '今晚十点又开始了',
    edits: ['今晚又开始了'],
  });
  expect(view.file.version).toBe(version + 1);
  expect(view.events.at(-1)).toMatchObject({ verb: 'message-added', data: { edited: true } });
});

test('an album that answers an officer lies in the case as one message, whose every file comes there, and is thanked for once', async () => {
  room = await messengerRoom(async () => jpeg());
  const reference = await withCase(room);
  const quotes = await heard(room, '我们今晚去看看');
  const { events } = await room.shown(reference);
  const before = room.texts().length;
  for (const [nth, id] of ['a', 'b', 'c'].entries()) {
    const caption = nth === 2 ? { caption: '第三张最清楚' } : {};
    // Telegram says of the first part alone what it answers, and whoever reads the case meanwhile has read that.
    await room.send({ type: 'media', items: [stub(id)], group: 'album', ...caption }, nth === 0 ? { quotes } : {});
    if (nth === 0) await room.shown(reference);
  }
  expect(await room.unread()).toEqual([true]);
  room.clock.now += 1_500;
  await heard(room, '加上了');
  expect(room.texts().slice(before)).toEqual([
    '照片和文件不会马上有人看；要是现在有危险，请直接打 110。',
    expect.stringContaining('加上了'),
  ]);
  await vi.waitFor(async () =>
    expect((await room!.shown(reference)).messages.filter(({ from }) => from === 'resident').at(-1)).toMatchObject({
      text: '第三张最清楚',
      media: ['a', 'b', 'c'].map((id) => ({ id, state: 'stored' })),
    }),
  );
  expect((await room.shown(reference)).events).toHaveLength(events.length + 1);
  await room.send({ type: 'text', text: '首页' });
  await heard(room, '您想做什么');
  expect(room.troubles).toEqual([]);
});

test('an album whose ninth part ends the form for adding to a case brings the tenth there too', async () => {
  room = await messengerRoom(async () => jpeg());
  const reference = await withCase(room);
  await room.send({ type: 'tap', tap: { on: 'case', reference, act: 'add' } });
  await room.send({ type: 'text', text: '昨晚拍的' });
  const ids = Array.from({ length: 10 }, (_, nth) => `p${nth}`);
  for (const id of ids) await room.send({ type: 'media', items: [stub(id)], group: 'album' });
  room.clock.now += 1_500;
  await heard(room, '加上了');
  await vi.waitFor(async () =>
    expect((await room!.shown(reference)).messages.flatMap(({ media }) => media.map(({ id, state }) => [id, state]))).toEqual(
      ids.map((id) => [id, 'stored']),
    ),
  );
  expect(room.texts().filter((text) => text.includes('是要放到哪里'))).toHaveLength(1);
});

test('"Is it solved?" answered in words closes the case it asked about', async () => {
  room = await messengerRoom();
  const reference = await withCase(room);
  await room.casework.answer(room.by, reference, 'resolved', '店主把音响搬走了');
  const quotes = await heard(room, '事情解决了吗');
  await room.send({ type: 'text', text: '解决了' }, { quotes });
  await heard(room, '太好了');
  expect((await room.shown(reference)).file).toMatchObject({ status: 'closed', confirmation: 'confirmed' });
});

test('a file that its channel does not give any more is told of once', async () => {
  room = await messengerRoom(async () => ({ lost: 'gone' }));
  await room.send({ type: 'start', payload: '' });
  await room.send({ type: 'media', items: [stub('a')] });
  await heard(room, '有一个文件已经取不到了');
  room.clock.now += 3_600_000;
  room.outbox.wake();
  await room.send({ type: 'command', name: 'home' });
  await heard(room, '您想做什么');
  expect(room.texts().filter((text) => text.includes('已经取不到了'))).toHaveLength(1);
});
