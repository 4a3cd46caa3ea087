import { setTimeout as sleep } from 'node:timers/promises';
import type { Account, Delivery } from '../../wechat/account.ts';

const LOOK_EVERY_MS = 20;

/** What somebody waits for: told which messages the desk has acknowledged. */
type Holds = (acknowledged: ReadonlySet<string>) => boolean;

/** Looks at the account for everyone who waits on it, so that five hundred people don't each look by themselves. */
export class Watch {
  /** By the id of the message or event. */
  readonly acknowledged = new Set<string>();
  readonly #account: Account;
  readonly #waiting = new Set<{ holds: Holds; until: number; go: (held: boolean) => void }>();
  #underWay: readonly Delivery[] = [];
  #read = 0;
  #watching = true;

  constructor(account: Account) {
    this.#account = account;
    void this.#watch();
  }

  /** Resolves to true once it holds, to false where it does not in time. */
  until(holds: Holds, withinMs: number): Promise<boolean> {
    return new Promise((go) => this.#waiting.add({ holds, until: Date.now() + withinMs, go }));
  }

  /** Notes what was acknowledged since the last look. */
  look(): void {
    const { deliveries } = this.#account;
    const looked = [...this.#underWay, ...deliveries.slice(this.#read)];
    this.#read = deliveries.length;
    for (const { id, status } of looked) if (status === 200) this.acknowledged.add(id);
    this.#underWay = looked.filter(({ status, error }) => status === undefined && error === undefined);
  }

  end(): void {
    this.#watching = false;
    for (const { go } of this.#waiting) go(false);
  }

  async #watch(): Promise<void> {
    while (this.#watching) {
      await sleep(LOOK_EVERY_MS);
      this.look();
      const now = Date.now();
      for (const one of this.#waiting) {
        const held = one.holds(this.acknowledged);
        if (!held && now < one.until) continue;
        this.#waiting.delete(one);
        one.go(held);
      }
    }
  }
}
