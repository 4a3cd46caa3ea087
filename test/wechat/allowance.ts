/** What a resident does that lets the account write to them. */
export type Act = 'message' | 'menu' | 'scan' | 'follow';

const minute = 60_000;
const hour = 60 * minute;

/** WeChat's table of customer-service messages: how many, and for how long after the act. A tap on a menu message is a menu click. */
const grants: Readonly<Record<Act, { readonly count: number; readonly ms: number }>> = {
  message: { count: 5, ms: 48 * hour },
  menu: { count: 3, ms: minute },
  scan: { count: 3, ms: minute },
  follow: { count: 3, ms: minute },
};

/**
 * The customer-service messages that one resident can still be sent. Each act opens anew what it grants; grants do not add up:
 * the largest counts, and a message sent is taken from each that is open.
 */
export class Allowance {
  readonly #open = new Map<Act, { left: number; readonly until: number }>();

  grant(act: Act, now: number): void {
    this.#open.set(act, { left: grants[act].count, until: now + grants[act].ms });
  }

  /** Takes everything away, as unfollowing does. */
  close(): void {
    this.#open.clear();
  }

  /** How many are left; undefined where the time of all is over. */
  left(now: number): number | undefined {
    const open = this.#openAt(now);
    return open.length === 0 ? undefined : Math.max(...open.map(({ left }) => left));
  }

  spend(now: number): void {
    for (const one of this.#openAt(now)) one.left = Math.max(0, one.left - 1);
  }

  #openAt(now: number) {
    return [...this.#open.values()].filter(({ until }) => now < until);
  }
}
