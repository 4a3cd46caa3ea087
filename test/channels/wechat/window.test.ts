import { beforeEach, expect, test } from 'vitest';
import { createWindows } from '../../../src/channels/wechat/window.ts';

const HOUR = 3_600_000;
const MINUTE = 60_000;
const resident = 'oResident';

let clock: { now: number };
let windows: ReturnType<typeof createWindows>;
beforeEach(() => {
  clock = { now: Date.UTC(2026, 9, 12) };
  windows = createWindows(() => clock.now);
});
/** What becomes of so many messages in a row. */
const takes = (times: number) => Array.from({ length: times }, () => windows.take(resident).is);

test('a message opens five answers, and no sixth', () => {
  windows.acted(resident, 'message');
  expect(takes(6)).toEqual(['open', 'open', 'open', 'open', 'open', 'shut']);
});

test('it is open at 47:59 and shut at 48:01', () => {
  windows.acted(resident, 'message');
  clock.now += 48 * HOUR - MINUTE;
  expect(takes(1)).toEqual(['open']);
  clock.now += 2 * MINUTE;
  expect(takes(1)).toEqual(['shut']);
});

test.each(['click', 'scan', 'follow'] as const)('a %s opens three answers for one minute', (act) => {
  windows.acted(resident, act);
  expect(takes(4)).toEqual(['open', 'open', 'open', 'shut']);
  windows.acted(resident, act);
  clock.now += MINUTE + 1;
  expect(takes(1)).toEqual(['shut']);
});

test('a click takes nothing of what a message opened, and its minute is used up first', () => {
  windows.acted(resident, 'message');
  takes(4);
  windows.acted(resident, 'click');
  expect(takes(3)).toEqual(['open', 'open', 'open']);
  clock.now += 2 * MINUTE;
  expect(takes(2)).toEqual(['open', 'shut']);
});

test('each message renews all five', () => {
  windows.acted(resident, 'message');
  takes(5);
  windows.acted(resident, 'message');
  expect(takes(6).at(-1)).toBe('shut');
});

test('of someone not seen since the start WeChat is asked; what it says is remembered', () => {
  expect(takes(2)).toEqual(['unknown', 'unknown']);
  windows.acted(resident, 'message');
  windows.take(resident).refused();
  expect(takes(1)).toEqual(['shut']);
});

test('a refusal that comes after their next message does not shut what that opened', () => {
  windows.acted(resident, 'message');
  const taken = windows.take(resident);
  windows.acted(resident, 'message');
  taken.refused();
  expect(takes(6)).toEqual(['open', 'open', 'open', 'open', 'open', 'shut']);
});
