import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createFreshness } from '../../../../src/channels/wechat/envelope/freshness.ts';
import { NOW, refusalOf } from './request.ts';

const sight = (signature = 'a', body = 'words', at = NOW) => ({ signature, body, at });

describe('the window', () => {
  test.each([
    [-300_000, undefined],
    [-300_001, 'forged: stale'],
    [0, undefined],
    [300_000, undefined],
    [300_001, 'forged: stale'],
  ])('with the clocks %i ms apart', (ms, refusal) => {
    const admit = () => createFreshness().admit(sight(), NOW + ms);
    if (refusal) expect(refusalOf(admit)).toBe(refusal);
    else expect(admit()).toBeUndefined();
  });
});

describe('the second time', () => {
  test.each([
    [1, undefined],
    [5_000, undefined],
    [15_000, undefined],
    [15_001, 'forged: replayed'],
    [299_999, 'forged: replayed'],
    [300_001, 'forged: stale'],
  ])('after %i ms', (ms, refusal) => {
    const freshness = createFreshness();
    freshness.admit(sight(), NOW);
    const again = () => freshness.admit(sight(), NOW + ms);
    if (refusal) expect(refusalOf(again)).toBe(refusal);
    else expect(again()).toBeUndefined();
  });

  test('a retry does not renew the fifteen seconds', () => {
    const freshness = createFreshness();
    for (const ms of [0, 5_000, 10_000, 15_000]) freshness.admit(sight(), NOW + ms);
    expect(refusalOf(() => freshness.admit(sight(), NOW + 15_001))).toBe('forged: replayed');
  });

  test('with another body is refused at once, and the true retry is still let in', () => {
    const freshness = createFreshness();
    freshness.admit(sight('a', 'mine'), NOW);
    expect(refusalOf(() => freshness.admit(sight('a', 'theirs'), NOW + 1))).toBe('forged: replayed');
    expect(freshness.admit(sight('a', 'mine'), NOW + 5_000)).toBeUndefined();
  });

  test('from a clock ahead of ours it is remembered for as long as it could pass again', () => {
    const freshness = createFreshness();
    const ahead = sight('a', 'words', NOW + 300_000);
    freshness.admit(ahead, NOW);
    for (const ms of [60_000, 300_000, 600_000]) {
      freshness.admit(sight(`other ${ms}`, 'words', NOW + ms), NOW + ms);
      expect(refusalOf(() => freshness.admit(ahead, NOW + ms))).toBe('forged: replayed');
    }
  });
});

test('no more is remembered than was agreed, and the oldest is forgotten first', () => {
  const freshness = createFreshness({ most: 3 });
  for (const signature of ['a', 'b', 'c', 'd']) freshness.admit(sight(signature), NOW);
  expect(refusalOf(() => freshness.admit(sight('b'), NOW + 20_000))).toBe('forged: replayed');
  expect(freshness.admit(sight('a'), NOW + 20_000)).toBeUndefined();
});

test('whatever comes in whatever order, nothing is taken anew after its fifteen seconds', () => {
  const steps = fc.array(fc.record({ wait: fc.nat(20_000), signature: fc.constantFrom('a', 'b', 'c', 'd') }), { maxLength: 60 });
  fc.assert(
    fc.property(steps, (asked) => {
      const freshness = createFreshness();
      const first = new Map<string, number>();
      let now = NOW;
      for (const { wait, signature } of asked) {
        now += wait;
        const at = first.get(signature) ?? now;
        const passes = at === now || (now - at <= 15_000 && now - at <= 300_000);
        const admit = () => freshness.admit(sight(signature, 'words', at), now);
        if (passes) expect(admit()).toBeUndefined();
        else expect(refusalOf(admit)).toMatch(/^forged: (replayed|stale)$/);
        first.set(signature, at);
      }
    }),
  );
});
