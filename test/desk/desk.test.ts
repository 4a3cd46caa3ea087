import { afterEach, expect, test, vi } from 'vitest';
import { createDesk } from '../../src/desk/desk.ts';
import type { MediaStore } from '../../src/desk/media.ts';
import type { Input } from '../../src/domain/message.ts';
import type { Store } from '../../src/store/store.ts';
import { words } from './turn-room.ts';

afterEach(() => void vi.useRealTimers());

/** A desk whose store takes every turn and whose outbox only counts how often it is woken. */
function deskThatIsWoken() {
  vi.useFakeTimers();
  const wake = vi.fn();
  const taken = { repeat: false, conversation: 'c', seq: 1, outbound: [], result: {} };
  const calls: string[] = [];
  const takeTurn = async () => {
    calls.push('turn');
    return taken;
  };
  const writeDown = () => void calls.push('settlements');
  const desk = createDesk({
    store: { takeTurn, onCommit: () => () => undefined } as unknown as Store,
    outbox: { send: () => undefined, answer: () => undefined, settle: async () => undefined, wake, writeDown, stop: async () => undefined },
    media: { sweep: async () => 0 } as unknown as MediaStore,
    words,
    render: () => ({ text: '', by: { kind: 'bot' } }),
    dangerRules: [],
    decidePromise: () => ({ changes: [], say: [] }),
    decideLowRatings: () => ({ changes: [], say: [] }),
    key: new Uint8Array(32),
    now: () => 0,
    complain: () => undefined,
  });
  const receive = (input: Input) =>
    desk.forChannel('messenger', 'bot').receive({ channel: 'messenger', bot: 'bot', updateId: '1', address: 'a', locale: 'zh-CN', input });
  return { desk, wake, receive, calls };
}

test('what came of earlier answers is handed to the store before the turn, so that one commit holds both', async () => {
  const { desk, receive, calls } = deskThatIsWoken();
  await receive({ type: 'text', text: '你好' });
  expect(calls).toEqual(['settlements', 'turn']);
  await desk.stop();
});

const items = [{ id: 'p', kind: 'photo', state: 'stored' }] as const;

test('an album is answered when its answer falls due, not when the outbox next looks', async () => {
  const { desk, wake, receive } = deskThatIsWoken();
  await receive({ type: 'media', items, group: 'g' });
  await vi.advanceTimersByTimeAsync(1_499);
  expect(wake).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(1);
  expect(wake).toHaveBeenCalledOnce();
  await desk.stop();
});

test('files that are no part of an album wake nothing later', async () => {
  const { desk, wake, receive } = deskThatIsWoken();
  await receive({ type: 'media', items });
  await vi.advanceTimersByTimeAsync(4_000);
  expect(wake).not.toHaveBeenCalled();
  await desk.stop();
});
