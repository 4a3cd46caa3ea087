import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bayesianMean, trend, wilson } from '../../../src/domain/figures/statistics.ts';

const share = (count: number, n: number) => wilson(count, n)!;

describe('Wilson’s interval', () => {
  test.each([
    [9, 10, 0.5958, 0.9821],
    [45, 50, 0.7864, 0.9565],
    [0, 10, 0, 0.2775],
    // Newcombe 1998, table I, method 3.
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ])('of %i in %i is as published', (count, n, from, to) => {
    expect(share(count, n).from).toBeCloseTo(from, 4);
    expect(share(count, n).to).toBeCloseTo(to, 4);
  });

  test('says nothing of nobody', () => expect(wilson(0, 0)).toBeUndefined());

  test('holds the share, stays within 0 and 1, and is the mirror of what is left', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5000 }), fc.double({ min: 0, max: 1, noNaN: true }), (n, part) => {
        const count = Math.round(part * n);
        const { from, to, share: found } = share(count, n);
        expect(0 <= from && from <= found && found <= to && to <= 1).toBe(true);
        expect(share(n - count, n).from).toBeCloseTo(1 - to, 10);
      }),
    );
  });
});

describe('the trend', () => {
  // Newcombe 1998 (the second paper), table II, method 10.
  test.each([
    [48, 80, 56, 70, 0.2, 0.0524, 0.3339],
    [3, 10, 9, 10, 0.6, 0.1705, 0.809],
    [0, 10, 10, 10, 1, 0.6075, 1],
  ])('from %i of %i to %i of %i is as published', (a, m, b, n, change, from, to) => {
    const found = trend(share(a, m), share(b, n));
    expect(found.change).toBeCloseTo(change, 10);
    expect(found.from).toBeCloseTo(from, 4);
    expect(found.to).toBeCloseTo(to, 4);
  });
});

describe('the Bayesian mean', () => {
  test.each([
    [5, 1, 4, 10, 45 / 11],
    [250, 50, 4, 10, 290 / 60],
    [40, 10, 4, 10, 4],
  ])('of a sum of %i over %i ratings, the whole at %i', (sum, n, whole, weight, expected) => {
    expect(bayesianMean(sum, n, whole, weight)).toBeCloseTo(expected, 12);
  });

  test('says nothing of nobody', () => expect(bayesianMean(0, 0, 4, 10)).toBeUndefined());
});
