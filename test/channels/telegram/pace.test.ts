import { expect, test } from 'vitest';
import { createPace } from '../../../src/channels/telegram/pace.ts';

/** A pace over a clock that the test moves. */
function pacing() {
  const clock = { now: 1_000_000 };
  const pace = createPace(() => clock.now);
  /** Whether it may go now. */
  const goes = (chat: string, interactive: boolean) => pace.mayGo(chat, interactive) <= clock.now;
  return { clock, pace, goes };
}

test('nothing waits before Telegram has asked for it', () => {
  const { goes } = pacing();
  expect(Array.from({ length: 1_000 }, (_, n) => goes(`${n % 7}`, false)).every(Boolean)).toBe(true);
});

test('a chat that was told to wait waits so long; the others go on', () => {
  const { clock, pace, goes } = pacing();
  pace.toldToWait('1', 3);
  expect(pace.mayGo('1', true)).toBe(clock.now + 3_000);
  expect(goes('2', false)).toBe(true);
  clock.now += 3_000;
  expect(goes('1', true)).toBe(true);
});

test('told for several chats at once, everything waits, and then what goes to many goes slowly while answers pass', () => {
  const { clock, pace, goes } = pacing();
  for (const chat of ['1', '2', '3']) pace.toldToWait(chat, 2);
  expect(goes('9', true)).toBe(false);
  expect(pace.mayGo('9', false)).toBe(clock.now + 2_000);
  clock.now += 2_000;
  const bulk = Array.from({ length: 100 }, (_, n) => goes(`bulk ${n}`, false)).filter(Boolean).length;
  expect(bulk).toBe(1);
  expect(goes('9', true)).toBe(true);
  let sent = 0;
  for (let ms = 0; ms < 2_000; ms += 10) {
    clock.now += 10;
    while (goes(`later ${sent}`, false)) sent += 1;
  }
  expect(sent).toBeGreaterThanOrEqual(45);
  expect(sent).toBeLessThanOrEqual(51);
});

test('a second complaint halves the pace, and quiet brings it back', () => {
  const { clock, pace, goes } = pacing();
  const complain = () => {
    for (const chat of ['1', '2', '3']) pace.toldToWait(chat, 1);
    clock.now += 1_000;
  };
  const inASecond = () => {
    let sent = 0;
    for (let ms = 0; ms < 1_000; ms += 5) {
      clock.now += 5;
      while (sent < 500 && goes(`x ${sent}`, false)) sent += 1;
    }
    return sent;
  };
  complain();
  const first = inASecond();
  complain();
  const second = inASecond();
  expect(second).toBeLessThan(first * 0.6);
  clock.now += 10 * 60_000;
  expect(inASecond()).toBe(500);
});

test('whatever the pace, the time told is a whole millisecond: no other can be written down', () => {
  const { clock, pace } = pacing();
  for (const chat of ['1', '2', '3']) pace.toldToWait(chat, 1);
  const told = Array.from({ length: 2_000 }, (_, n) => {
    clock.now += 7;
    return pace.mayGo(`bulk ${n}`, false);
  });
  expect(told.some((at, n) => at > 1_000_000 + (n + 1) * 7)).toBe(true);
  expect(told.filter((at) => !Number.isInteger(at))).toEqual([]);
});
