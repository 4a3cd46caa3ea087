import { afterEach, expect, test, vi } from 'vitest';
import type { Received } from '../../src/channels/channel.ts';
import type { Outbound } from '../../src/domain/message.ts';
import { type MessengerRoom, messengerRoom } from './messenger-room.ts';

let room: MessengerRoom | undefined;
afterEach(async () => {
  await room?.end();
  room = undefined;
});

const MINUTE = 60_000;
const texts = (said: readonly Outbound[]) => said.map(({ body }) => body.text.split('\n')[0]);
const laidOut = (one: MessengerRoom, said: readonly Outbound[]) =>
  one.here.settle(said.map(({ id }) => ({ outbound: id, outcome: { is: 'sent', confirmed: true } })));
const said = (what: string) => expect.stringContaining(what);

/** A messenger that answers in the same response, to somebody who has just said hello. */
async function begun(): Promise<{ one: MessengerRoom; hello: Received }> {
  const one = await messengerRoom(undefined, { inlineReply: true });
  room = one;
  return { one, hello: await one.send({ type: 'start', payload: '' }, { updateId: 'hello' }) };
}

test('what a turn says is left to its channel, and the outbox sends none of it', async () => {
  const { one, hello } = await begun();
  expect(texts(hello.outbound)).toEqual([said('您好'), said('您想做什么')]);
  await laidOut(one, hello.outbound);
  one.clock.now += 2 * MINUTE;
  const next = await one.send({ type: 'text', text: '你好' });
  expect(texts(next.outbound)).toEqual([said('您想做什么')]);
  expect(one.delivered).toEqual([]);
});

test('what had no room in the response goes by itself, in its order', async () => {
  const { one, hello } = await begun();
  const [first, ...rest] = hello.outbound;
  await laidOut(one, [first!]);
  one.here.send(rest);
  await vi.waitFor(() => expect(texts(one.delivered)).toEqual([said('您想做什么')]));
  await vi.waitFor(async () => expect((await one.store.health()).pendingByChannel.messenger ?? 0).toBe(0));
  expect(await one.store.health()).toMatchObject({ possiblyRepeated: 0 });
});

test('a repeat is given the same answer again, and nothing is sent beside it', async () => {
  const { one, hello } = await begun();
  const again = await one.send({ type: 'start', payload: '' }, { updateId: 'hello' });
  expect(again.repeat).toBe(true);
  expect(again.outbound.map(({ id }) => id)).toEqual(hello.outbound.map(({ id }) => id));
  await laidOut(one, again.outbound);
  expect(one.delivered).toEqual([]);
});

test('what its channel neither laid out nor gave back goes after its lease, as what may come twice', async () => {
  const { one, hello } = await begun();
  one.clock.now += MINUTE - 1;
  one.outbox.wake();
  await one.send({ type: 'text', text: '你好' });
  expect(one.delivered).toEqual([]);
  one.clock.now += 2;
  one.outbox.wake();
  await vi.waitFor(() => expect(one.delivered).toHaveLength(3));
  expect(one.delivered.map(({ id, possiblyRepeated }) => [id, possiblyRepeated])).toEqual([
    ...hello.outbound.map(({ id }) => [id, true]),
    [one.delivered[2]!.id, false],
  ]);
});

test('what waits behind an answer goes as soon as that is laid out', async () => {
  const { one, hello } = await begun();
  const second = await one.send({ type: 'text', text: '你好' });
  expect(second.outbound).toEqual([]);
  await laidOut(one, hello.outbound);
  await vi.waitFor(() => expect(texts(one.delivered)).toEqual([said('您想做什么')]), 900);
});

test('what officers say goes by itself over such a channel too', async () => {
  const { one, hello } = await begun();
  await laidOut(one, hello.outbound);
  await laidOut(one, (await one.send({ type: 'text', text: '楼下烧烤店夜里放音响，吵到两点' })).outbound);
  await laidOut(one, (await one.send({ type: 'command', name: 'human' })).outbound);
  const [reference = ''] = await one.references();
  await one.casework.reply(one.by, reference, '我们今晚去看看');
  await vi.waitFor(() => expect(texts(one.delivered)).toEqual([said('我们今晚去看看')]));
});

test('an answer that its channel had to hold comes before the answer to the next words, and nothing of it is lost', async () => {
  let shut = false;
  const one = await messengerRoom(undefined, { refuses: () => (shut ? { is: 'held', reason: 'window-shut' } : undefined) });
  room = one;
  const open = { opensWindow: true };
  await one.send({ type: 'text', text: '楼下烧烤店夜里放音响，吵到两点' }, open);
  await one.send({ type: 'command', name: 'human' }, open);
  await vi.waitFor(() => expect(one.texts().at(-1)).toContain('查询码'));
  const [reference = ''] = await one.references();
  shut = true;
  await one.casework.reply(one.by, reference, '我们今晚去看看');
  const delivery = async () => (await one.shown(reference)).messages.find(({ from }) => from === 'officer')?.delivery;
  await vi.waitFor(async () => expect(await delivery()).toMatchObject({ state: 'held', reason: 'window-shut' }));
  shut = false;
  const before = one.delivered.length;
  await one.send({ type: 'text', text: '首页' }, open);
  await vi.waitFor(() => expect(texts(one.delivered).slice(before)).toEqual([said('我们今晚去看看'), said('您想做什么')]));
  await vi.waitFor(async () => expect(await delivery()).toMatchObject({ state: 'sent' }));
});
