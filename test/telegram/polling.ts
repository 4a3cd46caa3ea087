import type { DeliverOptions } from './deliver.ts';
import type { Log } from './log.ts';
import { Refusal } from './refusal.ts';
import type { Pending, Updates } from './updates.ts';

/** A getUpdates that waits. */
interface Waiting {
  readonly offset: number;
  readonly limit: number;
  answer(updates: Pending[]): void;
  refuse(refusal: Refusal): void;
  readonly timer: NodeJS.Timeout;
}

const endedByOther = 'Conflict: terminated by other getUpdates request; make sure that only one bot instance is running';
const endedByWebhook = 'Conflict: terminated by setWebhook request';

/** getUpdates: what the offset passes is confirmed and gone, the rest comes again; one caller at a time. */
export class Polling {
  readonly #updates: Updates;
  readonly #log: Log;
  readonly #options: DeliverOptions;
  readonly #chance: () => number;
  #waiting: Waiting | undefined;
  /** Confirmed ones that come once more, because the test wants repeats. */
  #repeats: Pending[] = [];
  #wakes = false;

  constructor(updates: Updates, log: Log, options: DeliverOptions, chance: () => number) {
    this.#updates = updates;
    this.#log = log;
    this.#options = options;
    this.#chance = chance;
  }

  /** No confirmed update waits to be repeated. */
  get idle(): boolean {
    return this.#repeats.length === 0;
  }

  /** The updates from `offset` on, at once if there are any, else as soon as one comes or `timeout` seconds have passed. */
  get(offset: number, limit: number, timeout: number, letGo: AbortSignal): Promise<Pending[]> {
    this.#waiting?.refuse(new Refusal(409, endedByOther));
    const from = offset < 0 ? this.#fromEnd(offset) : offset;
    this.#confirmBelow(from);
    const found = this.#from(from, limit);
    if (found.length > 0 || timeout === 0) return Promise.resolve(found);
    return new Promise((resolve, reject) => {
      const end = () => {
        clearTimeout(waiting.timer);
        letGo.removeEventListener('abort', gone);
        if (this.#waiting === waiting) this.#waiting = undefined;
      };
      const waiting: Waiting = {
        offset: from,
        limit,
        answer(updates) {
          end();
          resolve(updates);
        },
        refuse(refusal) {
          end();
          reject(refusal);
        },
        timer: setTimeout(() => waiting.answer([]), timeout * 1000),
      };
      const gone = () => waiting.answer([]);
      letGo.addEventListener('abort', gone);
      this.#waiting = waiting;
    });
  }

  /** Something came in: whoever waits gets it, together with what comes in the same moment. */
  wake(): void {
    if (this.#wakes || !this.#waiting) return;
    this.#wakes = true;
    setImmediate(() => {
      this.#wakes = false;
      const waiting = this.#waiting;
      if (!waiting) return;
      const found = this.#from(waiting.offset, waiting.limit);
      if (found.length > 0) waiting.answer(found);
    });
  }

  /** Ends the call that waits: a webhook was set. */
  endByWebhook(): void {
    this.#repeats = [];
    this.#waiting?.refuse(new Refusal(409, endedByWebhook));
  }

  /** Answers the call that waits with nothing. */
  end(): void {
    this.#waiting?.answer([]);
  }

  /** Notes that these were handed over; repeats are spent by it. */
  handed(updates: readonly Pending[]): void {
    const at = Date.now();
    for (const pending of updates) {
      const { updateId, tried, repeat } = pending;
      this.#log.deliveries.push({ at, updateId, via: 'polling', tried, repeat, status: 200 });
      pending.tried += 1;
    }
    this.#repeats = this.#repeats.filter((pending) => !updates.includes(pending));
    if (updates.length > 0) this.#log.happened();
  }

  #fromEnd(offset: number): number {
    return this.#updates.pending().at(offset)?.place ?? this.#updates.pending()[0]?.place ?? 0;
  }

  #confirmBelow(offset: number): void {
    let confirmed = false;
    for (const pending of this.#updates.pending()) {
      if (pending.place >= offset) continue;
      this.#updates.acknowledge(pending);
      confirmed = true;
      if (this.#options.repeat > 0 && this.#chance() < this.#options.repeat) this.#repeats.push({ ...pending, repeat: true });
    }
    if (confirmed) this.#log.happened();
  }

  #from(offset: number, limit: number): Pending[] {
    if (!this.#options.on) return [];
    const found = this.#updates.pending().filter((pending) => pending.place >= offset && !pending.raw);
    return [...this.#repeats, ...found].slice(0, limit);
  }
}
