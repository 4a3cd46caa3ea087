import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { invitationFor } from '../../src/desk/talk/invite.ts';

const file = { id: 'case-1', kind: 'problem', domesticViolence: false } as const;
const chance = (nth: number) => ({ now: 1_800_000_000_000 + nth, bytes: new Uint8Array(randomBytes(32)) });
const times = (count: number, ratingShare: number | undefined, over: object = {}) =>
  Array.from({ length: count }, (_, nth) =>
    invitationFor({ file: { ...file, ...over }, invited: false }, ratingShare === undefined ? {} : { ratingShare }, chance(nth)),
  );
const asked = (some: ReturnType<typeof times>) => some.filter((one) => one && one.sayings.length > 0).length;

describe('who is asked how satisfied they are', () => {
  test('all, where the station says nothing', () => {
    expect(asked(times(200, undefined))).toBe(200);
  });

  test('a share of them by lot, and nobody but the lot has a say', () => {
    // Of 4,000 at 30 %: further off than six deviations in one of a billion runs.
    expect(Math.abs(asked(times(4_000, 30)) - 1_200)).toBeLessThan(6 * Math.sqrt(4_000 * 0.3 * 0.7));
  });

  test('whoever is left out is left out for good, and told nothing', () => {
    const left = times(200, 10).filter((one) => one?.sayings.length === 0);
    expect(left.length).toBeGreaterThan(100);
    for (const one of left) expect(one?.changes).toMatchObject([{ do: 'leaveUnasked', case: 'case-1' }]);
  });

  test('always after a follow-up, never after violence at home or danger to life', () => {
    expect(asked(times(100, 10, { kind: 'follow-up' }))).toBe(100);
    expect(times(5, 100, { domesticViolence: true })).toEqual([undefined, undefined, undefined, undefined, undefined]);
    expect(invitationFor({ file, invited: false, danger: true }, {}, chance(0))).toBeUndefined();
  });
});
