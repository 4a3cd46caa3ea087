import { randomBytes } from 'node:crypto';
import { dayOf } from './quota.ts';
import { Refusal } from './refusal.ts';

const lifetimeMs = 7_200_000;
const overlapMs = 300_000;
const betweenForcedMs = 30_000;
const forcedADay = 20;

interface Token {
  readonly value: string;
  expiresAt: number;
  revoked: boolean;
}

/** The account's credentials: stable ones and ordinary ones, which know nothing of each other. */
export class Tokens {
  readonly #all = new Map<string, Token>();
  #stable: Token | undefined;
  #ordinary: Token | undefined;
  #forcedAt = Number.NEGATIVE_INFINITY;
  readonly #forced = new Map<string, number>();

  /** The same until five minutes before its end, and then a new one beside it; a forced one makes the last one worthless at once. */
  stable(now: number, force: boolean): { value: string; expiresIn: number } {
    // Whoever forces twice within half a minute gets the same again.
    if (force && now - this.#forcedAt >= betweenForcedMs) {
      const day = dayOf(now);
      const count = (this.#forced.get(day) ?? 0) + 1;
      if (count > forcedADay) throw new Refusal(45009);
      this.#forced.set(day, count);
      this.#forcedAt = now;
      if (this.#stable) this.#stable.revoked = true;
      this.#stable = undefined;
    }
    if (!this.#stable || this.#stable.revoked || this.#stable.expiresAt - now <= overlapMs) this.#stable = this.#made(now);
    return { value: this.#stable.value, expiresIn: Math.floor((this.#stable.expiresAt - now) / 1000) };
  }

  /** A new one each time; the one before is good for five minutes more. */
  ordinary(now: number): { value: string; expiresIn: number } {
    if (this.#ordinary) this.#ordinary.expiresAt = Math.min(this.#ordinary.expiresAt, now + overlapMs);
    this.#ordinary = this.#made(now);
    return { value: this.#ordinary.value, expiresIn: lifetimeMs / 1000 };
  }

  /** Throws what WeChat says of a token that is none, or no longer one. */
  check(value: string | null, now: number): void {
    if (value === null || value === '') throw new Refusal(41001);
    const token = this.#all.get(value);
    if (!token) throw new Refusal(/^\d+_[\w-]{40,}$/.test(value) ? 40001 : 40014);
    if (token.revoked) throw new Refusal(40001);
    if (now >= token.expiresAt) throw new Refusal(42001);
  }

  /** Makes every token worthless, as a reset of the secret does. */
  revokeAll(): void {
    for (const token of this.#all.values()) token.revoked = true;
  }

  #made(now: number): Token {
    const value = `90_${randomBytes(80).toString('base64url')}`;
    const token = { value, expiresAt: now + lifetimeMs, revoked: false };
    this.#all.set(value, token);
    return token;
  }
}
