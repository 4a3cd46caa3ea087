import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Outbound, SendOutcome } from '../../src/domain/message.ts';
import { type MessengerRoom, messengerRoom } from './messenger-room.ts';

let room: MessengerRoom;
let hold: (outbound: Outbound) => SendOutcome | undefined;
beforeEach(async () => {
  hold = () => undefined;
  room = await messengerRoom(undefined, { refuses: (outbound) => hold(outbound) });
  await hears({ type: 'start', payload: '' });
});
afterEach(() => room.end());

const open = { numbered: true, opensWindow: true };
const settled = () => vi.waitFor(async () => expect((await room.store.health()).pendingByChannel.messenger ?? 0).toBe(0), 3_000);

/** Everything that is said to it, by its first line. */
async function hears(input: Parameters<MessengerRoom['send']>[0]): Promise<(string | undefined)[]> {
  const before = room.delivered.length;
  await room.send(input, open);
  await settled();
  return room
    .texts()
    .slice(before)
    .map((text) => text.split('\n')[0]);
}
const types = (text: string) => hears({ type: 'text', text });

/** The number that stands before a label in what was shown last. */
const numberOf = (label: string): string => {
  const shown = room.delivered.findLast(({ body }) => (body.buttons ?? []).length > 0)?.body.buttons?.flat() ?? [];
  const at = shown.findIndex((button) => button.label.includes(label));
  if (at < 0) throw new Error(`${label} is not among ${shown.map((button) => button.label).join(', ')}`);
  return String(at + 1);
};

async function filed(): Promise<string> {
  await types('楼下烧烤店夜里放音响，吵到两点');
  await hears({ type: 'command', name: 'human' });
  const [reference = ''] = await room.references();
  return reference;
}
async function answered(reference: string): Promise<void> {
  await room.casework.answer(room.by, reference, 'resolved', '店主把音响搬走了');
  await vi.waitFor(() => expect(room.texts().at(-1)).toContain('事情解决了吗'), 3_000);
  await settled();
}

test.each(['1', '１', ' 1. ', '1、', '回1', '回复 1', '选１。'])('%j is the first of what was shown', async (text) => {
  expect(await types(text)).toEqual(['您说，什么事？几个字也行。']);
});

test.each(['0', '7', '19'])('%s, before which nothing stood, shows the doors again and keeps no words', async (text) => {
  expect(await types(text)).toEqual(['您想做什么？']);
  expect(await types('1')).toEqual(['您说，什么事？几个字也行。']);
});

test('a long text of blanks with a number at its end is words, and held up nobody', async () => {
  const began = performance.now();
  await types(`a${' '.repeat(60_000)}b 1`);
  expect(performance.now() - began).toBeLessThan(2_000);
});

test.each(['110', '2号楼', '1 2', '加1'])('%j is no number of a list but words', async (text) => {
  expect(await types(text)).toEqual([expect.stringContaining('先替您留着')]);
});

test('the language beside the doors has a number too, and numbers go on in the other language', async () => {
  expect(await types(numberOf('English'))).toEqual(['All right, English from here on.', 'What would you like to do?']);
  expect(await types('reply 1')).toEqual(['What is it about? A few words are enough.']);
});

test('a whole form is filled in by numbers, and none of them is a message of the case', async () => {
  await types(numberOf('说件事'));
  await types('楼下烧烤店夜里放音响，吵到两点');
  for (const label of ['有个问题要解决', '噪音', '跳过', '没有照片', '不留名', '提交']) await types(numberOf(label));
  const [reference = ''] = await room.references();
  const view = await room.shown(reference);
  expect(view.messages.filter(({ from }) => from === 'resident').map(({ text }) => text)).toEqual(['楼下烧烤店夜里放音响，吵到两点']);
});

test('a list shown over an open form is what numbers mean, and the form goes on after it', async () => {
  await types('1');
  await types('楼下烧烤店夜里放音响，吵到两点');
  expect(await types('语言')).toEqual(['您想用哪种语言？']);
  expect(await types(numberOf('English'))).toEqual(['All right, English from here on.', expect.any(String)]);
  expect(await types('1')).toEqual([expect.any(String)]);
});

test('words whose place is asked for are put there by number', async () => {
  const reference = await filed();
  expect(await types('昨晚又响到三点')).toEqual([expect.stringContaining('先替您留着')]);
  expect(await types(numberOf('补充到'))).toEqual([expect.stringContaining('加上了')]);
  expect((await room.shown(reference)).messages.filter(({ from }) => from === 'resident').at(-1)?.text).toBe('昨晚又响到三点');
});

test('"Is it solved?", asked unasked, is answered by its number', async () => {
  const reference = await filed();
  await answered(reference);
  await types(numberOf('解决了'));
  expect((await room.shown(reference)).file).toMatchObject({ status: 'closed', confirmation: 'confirmed' });
});

test('what comes unasked while a form is open leaves its numbers to the form', async () => {
  const reference = await filed();
  await types('首页');
  await types('1');
  await types('楼道的灯坏了');
  const asked = room.texts().at(-1);
  await answered(reference);
  const [next] = await types('1');
  expect(next).not.toBe(asked);
  expect(next).not.toContain('太好了');
  expect((await room.shown(reference)).file.status).not.toBe('closed');
});

test('a number is what its resident has seen, not what is still held back', async () => {
  const reference = await filed();
  await types('首页');
  hold = ({ interactive }) => (interactive ? undefined : { is: 'held', reason: 'window-shut' });
  await room.casework.answer(room.by, reference, 'resolved', '店主把音响搬走了');
  const held = async () => (await room.shown(reference)).messages.filter(({ delivery }) => delivery?.state === 'held');
  await vi.waitFor(async () => expect(await held()).toHaveLength(1));
  room.clock.now += 2_000;
  room.outbox.wake();
  await vi.waitFor(async () => expect(await held()).toHaveLength(2));
  hold = () => undefined;
  expect(await types('1')).toEqual([
    expect.stringContaining('店主把音响搬走了'),
    expect.stringContaining('解决了吗'),
    '您说，什么事？几个字也行。',
  ]);
  expect((await room.shown(reference)).file.status).not.toBe('closed');
});
