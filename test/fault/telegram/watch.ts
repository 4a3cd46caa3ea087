import { setTimeout as sleep } from 'node:timers/promises';
import type { BotApi } from '../../telegram/bot-api.ts';

const LOOK_EVERY_MS = 20;

/** What somebody waits for: told which updates are not acknowledged yet. */
type Holds = (unacknowledged: ReadonlySet<unknown>) => boolean;

/** Looks at the double for everyone who waits on it, so that five hundred people don't each look by themselves. */
export class Watch {
  readonly #double: BotApi;
  readonly #waiting = new Set<{ holds: Holds; until: number; go: (held: boolean) => void }>();
  #watching = true;

  constructor(double: BotApi) {
    this.#double = double;
    void this.#look();
  }

  /** Resolves to true once it holds, to false where it does not in time. */
  until(holds: Holds, withinMs: number): Promise<boolean> {
    return new Promise((go) => this.#waiting.add({ holds, until: Date.now() + withinMs, go }));
  }

  end(): void {
    this.#watching = false;
    for (const { go } of this.#waiting) go(false);
  }

  async #look(): Promise<void> {
    while (this.#watching) {
      await sleep(LOOK_EVERY_MS);
      const unacknowledged = new Set(this.#double.unacknowledged());
      const now = Date.now();
      for (const one of this.#waiting) {
        const held = one.holds(unacknowledged);
        if (!held && now < one.until) continue;
        this.#waiting.delete(one);
        one.go(held);
      }
    }
  }
}
