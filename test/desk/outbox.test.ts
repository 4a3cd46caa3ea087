import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import type { Channel } from '../../src/channels/channel.ts';
import { backoffMs } from '../../src/desk/backoff.ts';
import { createOutbox } from '../../src/desk/outbox.ts';
import type { Outbound, SendOutcome, Settlement } from '../../src/domain/message.ts';
import { Refused } from '../../src/domain/refusal.ts';
import type { Store } from '../../src/store/store.ts';

const outbound = (id: string, conversation = 'c'): Outbound => ({
  id,
  conversation,
  channel: 'paper',
  address: 'a',
  locale: 'zh-CN',
  seq: Number(id),
  body: { text: id, by: { kind: 'bot' } },
  at: 0,
  attempts: 0,
  partsSent: [],
  possiblyRepeated: false,
  interactive: false,
  veiled: false,
});

/** An outbox over a queue in memory and a channel that answers as told. */
function deskWith(send: (outbound: Outbound) => Promise<SendOutcome>, settle?: (settlements: readonly Settlement[]) => void) {
  const waiting: Outbound[] = [];
  const settled: Settlement[] = [];
  const store = {
    claim: async (limit: number) => ({ outbound: waiting.splice(0, limit), toPull: [] }),
    async settle(settlements: readonly Settlement[]) {
      settle?.(settlements);
      settled.push(...settlements);
    },
  } as unknown as Store;
  const paper = { name: 'paper', send } as unknown as Channel;
  const complaints: string[] = [];
  const outbox = createOutbox({
    store,
    channels: new Map([['paper', paper]]),
    media: {
      keep: async () => {
        throw new Error('nothing was to be kept');
      },
      hasRoomFor: async () => true,
    },
    render: () => ({ text: '', by: { kind: 'bot' } }),
    now: () => 1_000,
    chance: () => 0.5,
    complain: (what) => complaints.push(what),
  });
  return { outbox, waiting, settled, complaints };
}

const sent: SendOutcome = { is: 'sent', confirmed: true };

test('answers to one resident go one after another, in order, even where the first is slow', async () => {
  const order: string[] = [];
  const { outbox } = deskWith(async ({ id }) => {
    await new Promise((done) => setTimeout(done, id === '1' ? 20 : 0));
    order.push(id);
    return sent;
  });
  outbox.send([outbound('1'), outbound('2'), outbound('3')]);
  await outbox.stop();
  expect(order).toEqual(['1', '2', '3']);
});

test('what follows a message that must wait waits behind it, and other residents are not held up', async () => {
  const { outbox, settled } = deskWith(async ({ id }) => (id === '1' ? { is: 'later', at: 9_000 } : sent));
  outbox.send([outbound('1'), outbound('2'), outbound('3', 'other')]);
  await outbox.stop();
  expect(Object.fromEntries(settled.map((one) => [one.outbound, one.outcome.is]))).toEqual({ 1: 'later', 2: 'later', 3: 'sent' });
});

test('a wait told in parts of a millisecond is written down in whole ones', async () => {
  const { outbox, settled } = deskWith(async () => ({ is: 'later', at: 9_000.25 }));
  outbox.send([outbound('1')]);
  await outbox.stop();
  expect(settled.map(({ outcome }) => outcome)).toEqual([{ is: 'later', at: 9_001 }]);
});

test('what comes in the very moment that a look ends is not left to the next', async () => {
  for (let moment = 0; moment < 8; moment += 1) {
    const { outbox, waiting, settled } = deskWith(async () => sent);
    outbox.wake();
    for (let ticks = 0; ticks < moment; ticks += 1) await Promise.resolve();
    waiting.push(outbound('1'));
    outbox.wake();
    await vi.waitFor(() => expect(settled).toHaveLength(1), { timeout: 700, interval: 10 });
    await outbox.stop();
  }
});

test('a refused message does not hold up the next', async () => {
  const { outbox, settled } = deskWith(async ({ id }) => (id === '1' ? { is: 'refused' } : sent));
  outbox.send([outbound('1'), outbound('2')]);
  await outbox.stop();
  expect(settled.map((one) => one.outcome.is)).toEqual(['refused', 'sent']);
});

test('a channel that throws has not said whether the message went', async () => {
  const { outbox, settled } = deskWith(async () => {
    throw new Error('reset');
  });
  outbox.send([outbound('1')]);
  await outbox.stop();
  expect(settled).toEqual([{ outbound: '1', outcome: { is: 'unknown', reason: 'threw' } }]);
});

test('what was sent is written down once the disk lets us', async () => {
  let sick = true;
  const { outbox, settled, complaints } = deskWith(
    async () => sent,
    () => {
      if (sick) throw new Refused('unavailable');
    },
  );
  outbox.send([outbound('1')]);
  await new Promise((done) => setTimeout(done, 100));
  expect(complaints).toEqual(['settlements wait for the store']);
  sick = false;
  await outbox.stop();
  expect(settled).toHaveLength(1);
});

test('what waited behind a message goes as soon as that is settled, not at the next look', async () => {
  const { outbox, waiting, settled } = deskWith(async () => sent);
  outbox.send([outbound('1')]);
  waiting.push(outbound('2'));
  const begun = Date.now();
  await vi.waitFor(() => expect(settled).toHaveLength(2));
  expect(Date.now() - begun).toBeLessThan(900);
  await outbox.stop();
});

test('more than fit in flight are all sent', async () => {
  const { outbox, waiting, settled } = deskWith(async () => {
    await new Promise((done) => setTimeout(done, 1));
    return sent;
  });
  for (let n = 1; n <= 300; n += 1) waiting.push(outbound(String(n), `c${n}`));
  outbox.wake();
  while (waiting.length > 0) await new Promise((done) => setTimeout(done, 5));
  await outbox.stop();
  expect(settled).toHaveLength(300);
});

test('waits grow, never past fifteen minutes by more than half', () => {
  expect([0, 1, 2, 3, 10, 50].map((attempts) => backoffMs(attempts, 0.5))).toEqual([1_000, 2_000, 4_000, 8_000, 900_000, 900_000]);
  fc.assert(
    fc.property(
      fc.nat(1_000),
      fc.double({ min: 0, max: 0.999, noNaN: true }),
      (attempts, chance) => backoffMs(attempts, chance) >= 500 && backoffMs(attempts, chance) <= 1_350_000,
    ),
  );
});

test('one settlement that can never be written holds up no other', async () => {
  const { outbox, settled, complaints } = deskWith(
    async () => sent,
    (settlements) => {
      if (settlements.some((one) => one.outbound === '2')) throw new RangeError('not a whole number');
    },
  );
  outbox.send([outbound('1', 'a'), outbound('2', 'b'), outbound('3', 'c')]);
  await vi.waitFor(() => expect(settled.map((one) => one.outbound)).toEqual(['1', '3']));
  expect(complaints).toEqual(['a settlement could not be written']);
  await outbox.stop();
});
