/** A part of a whole of `n`, with the 95 % interval its true share lies in. Shares run from 0 to 1. */
export interface Share {
  count: number;
  share: number;
  from: number;
  to: number;
}

// The two-sided 95 % point of the normal distribution.
const z = 1.959963984540054;

/**
 * The share of `count` in `n` with Wilson's 95 % score interval without continuity correction; undefined for `n` 0.
 * With p = count / n: (p + z²/2n ± z·√(p(1 − p)/n + z²/4n²)) / (1 + z²/n).
 * Source: Wilson, J. Am. Stat. Assoc. 22 (1927) 209–212; Newcombe, Stat. Med. 17 (1998) 857–872, method 3.
 */
export function wilson(count: number, n: number): Share | undefined {
  if (n === 0) return undefined;
  const share = count / n;
  const middle = share + z ** 2 / (2 * n);
  const half = z * Math.sqrt((share * (1 - share)) / n + z ** 2 / (4 * n ** 2));
  const scale = 1 + z ** 2 / n;
  // Rounding would put the ends of 0 of n and n of n a hair outside.
  return { count, share, from: count === 0 ? 0 : (middle - half) / scale, to: count === n ? 1 : (middle + half) / scale };
}

/**
 * How far the share rose from `before` to `after`, with its 95 % interval: −1 to 1. It rose or fell only where the interval leaves out 0.
 * Source: Newcombe, Stat. Med. 17 (1998) 873–890, method 10 (from both Wilson intervals).
 */
export function trend(before: Share, after: Share): { change: number; from: number; to: number } {
  const change = after.share - before.share;
  return {
    change,
    from: change - Math.hypot(after.share - after.from, before.to - before.share),
    to: change + Math.hypot(after.to - after.share, before.share - before.from),
  };
}

/**
 * The mean of `n` levels whose sum is `sum`, drawn towards the mean of the whole as if `weight` more ratings had been just that;
 * undefined for `n` 0. (weight · whole + sum) / (weight + n), levels 1 to 5: the posterior mean under a conjugate prior worth `weight` ratings.
 * Source: Gelman et al., Bayesian Data Analysis, 3rd ed. (2013), § 2.5.
 */
export function bayesianMean(sum: number, n: number, whole: number, weight: number): number | undefined {
  return n === 0 ? undefined : (weight * whole + sum) / (weight + n);
}
