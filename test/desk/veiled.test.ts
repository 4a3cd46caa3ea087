import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Outbound } from '../../src/domain/message.ts';
import { type MessengerRoom, messengerRoom } from './messenger-room.ts';

let room: MessengerRoom;
let reference: string;
/** Of these its resident was given a notice alone. */
const notices: Outbound[] = [];
beforeEach(async () => {
  notices.length = 0;
  room = await messengerRoom(undefined, {
    refuses(outbound) {
      if (!outbound.veiled) return undefined;
      notices.push(outbound);
      return { is: 'sent', confirmed: false };
    },
  });
  await room.send({ type: 'start', payload: 'report' }, { numbered: true });
  for (const text of [
    '昨天上午办事窗口的民警骂人，还把我的材料扔到地上',
    'complaint',
    'officer',
    'skip',
    'skip',
    'skip',
    'skip',
    'hidden',
    'file',
  ])
    await types(text);
  [reference = ''] = await room.references();
});
afterEach(() => room.end());

const settled = () => vi.waitFor(async () => expect((await room.store.health()).pendingByChannel.messenger ?? 0).toBe(0), 3_000);
/** What is said after these words, by its first line. */
async function types(text: string, more = { numbered: true }): Promise<(string | undefined)[]> {
  const before = room.delivered.length;
  await room.send({ type: 'text', text }, more);
  await settled();
  return room.delivered.slice(before).map(({ body }) => body.text.split('\n')[0]);
}
async function answered(): Promise<void> {
  await room.casework.answer(room.inspection, reference, 'resolved', '已经处分了');
  await vi.waitFor(() => expect(notices).toHaveLength(2));
  await settled();
}
const deliveries = async () =>
  (await room.shown(reference)).messages.flatMap(({ text, delivery }) => (text === '已经处分了' && delivery ? [delivery.state] : []));

test('an answer under seal waits behind its notice until its resident types that they want to see it', async () => {
  await answered();
  expect(await deliveries()).toEqual(['waiting']);
  expect(await types('看')).toEqual(['已经处分了', expect.stringContaining('解决了吗')]);
  expect(await deliveries()).toEqual(['sent']);
  expect(notices).toHaveLength(2);
});

test('what it gives to choose from has numbers once it is seen, and not before', async () => {
  await answered();
  await types('首页');
  await types('看。');
  await types('1');
  expect((await room.shown(reference)).file).toMatchObject({ status: 'closed', confirmation: 'confirmed' });
});

test('it is seen with a form open, which stays open', async () => {
  await types('首页');
  await types('1');
  await answered();
  expect(await types('show')).toEqual(['已经处分了', expect.stringContaining('解决了吗')]);
  expect(await types('楼道的灯坏了')).not.toEqual([expect.stringContaining('先替您留着')]);
});

test('where nothing waits, their cases are shown; in a form it is an answer like any other', async () => {
  expect(await types('看')).toEqual([expect.stringContaining('您的事都在这里')]);
  await types('首页');
  await types('1');
  expect(await types('看')).not.toEqual([expect.stringContaining('您的事都在这里')]);
});

test('what comes later waits behind a notice of its own', async () => {
  await answered();
  await types('看');
  await room.casework.reply(room.inspection, reference, '再补一句');
  await vi.waitFor(() => expect(notices).toHaveLength(3));
  expect(notices.at(-1)?.body.text).toBe('再补一句');
});

test('over a channel with buttons the word is a word', async () => {
  await answered();
  expect(await types('看', { numbered: false })).toEqual([expect.stringContaining('先替您留着')]);
  expect(await deliveries()).toEqual(['waiting']);
});
