const LONGEST_MS = 15 * 60_000;

/** Exponential with jitter: 1 s, 2 s, 4 s … 15 min, each ± half. `chance` in [0, 1). */
export function backoffMs(attempts: number, chance: number): number {
  const whole = Math.min(LONGEST_MS, 1_000 * 2 ** Math.min(attempts, 20));
  return Math.round(whole * (0.5 + chance));
}
