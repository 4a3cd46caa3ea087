import { Refusal } from './refusal.ts';

const beijingMs = 8 * 3_600_000;
const clearingsAMonth = 10;

/** The day in China, by which WeChat counts: `2026-11-23`. */
export const dayOf = (now: number): string => new Date(now + beijingMs).toISOString().slice(0, 10);

/** How often each call may be made in a day. */
export class Quota {
  /** By path as logged; every other call has `ordinary`. A test may set smaller ones. */
  readonly limits = new Map<string, number>([
    ['token', 2_000],
    ['message/custom/send', 500_000],
    ['message/custom/typing', 500_000],
    ['user/info', 500_000],
    ['media/get', 200_000],
    ['menu/create', 1_000],
    ['menu/delete', 1_000],
  ]);
  ordinary = 100_000;
  readonly #used = new Map<string, number>();
  readonly #cleared = new Map<string, number>();

  count(path: string, now: number): void {
    const key = `${dayOf(now)} ${path}`;
    const used = this.#used.get(key) ?? 0;
    if (used >= this.#limitOf(path)) throw new Refusal(45009);
    this.#used.set(key, used + 1);
  }

  of(path: string, now: number): { daily_limit: number; used: number; remain: number } {
    const used = this.#used.get(`${dayOf(now)} ${path}`) ?? 0;
    return { daily_limit: this.#limitOf(path), used, remain: this.#limitOf(path) - used };
  }

  /** All of today's counts begin again; ten times a month. */
  clear(now: number): void {
    const month = dayOf(now).slice(0, 7);
    const cleared = this.#cleared.get(month) ?? 0;
    if (cleared >= clearingsAMonth) throw new Refusal(48006);
    this.#cleared.set(month, cleared + 1);
    this.#used.clear();
  }

  #limitOf(path: string): number {
    return this.limits.get(path) ?? this.ordinary;
  }
}
