import type { DeliverOptions } from './deliver.ts';
import type { Delivery, Log } from './log.ts';
import type { Pending, Updates } from './updates.ts';
import { type Outcome, WebhookConnections } from './webhook-request.ts';

/** Where updates are sent. */
export interface Webhook {
  readonly url: string;
  readonly secret: string;
  readonly maxConnections: number;
}

/** The updates of one chat, the first of which is under way, waiting for its next try, or next in turn. */
interface Line {
  readonly key: string;
  readonly waiting: Pending[];
  fails: number;
}

/**
 * Sends each update until it gets a 2xx: lines side by side over at most `max_connections` connections,
 * within a line one after another. What fails is sent again after a growing wait, over any death of the bot.
 */
export class WebhookDelivery {
  lastError: { readonly at: number; readonly message: string } | undefined;
  /** What a 2xx answer said, by the update it answered; the caller executes it if it is a method call. */
  onAnswer: (body: string, pending: Pending) => void = () => undefined;
  readonly #updates: Updates;
  readonly #log: Log;
  readonly #options: DeliverOptions;
  readonly #chance: () => number;
  #connections: WebhookConnections | undefined;
  #webhook: Webhook | undefined;
  readonly #lines = new Map<string, Line>();
  readonly #ready: Line[] = [];
  readonly #timers = new Set<NodeJS.Timeout>();
  #active = 0;

  constructor(updates: Updates, log: Log, options: DeliverOptions, chance: () => number) {
    this.#updates = updates;
    this.#log = log;
    this.#options = options;
    this.#chance = chance;
  }

  get webhook(): Webhook | undefined {
    return this.#webhook;
  }

  /** Nothing under way, nothing waiting for another try. */
  get idle(): boolean {
    return this.#active === 0 && this.#lines.size === 0 && this.#timers.size === 0;
  }

  async start(webhook: Webhook): Promise<void> {
    await this.stop();
    this.#webhook = webhook;
    this.#connections = new WebhookConnections(webhook.url, webhook.secret, webhook.maxConnections);
    this.lastError = undefined;
    for (const pending of this.#updates.pending()) this.add(pending);
  }

  async stop(): Promise<void> {
    const connections = this.#connections;
    this.#connections = undefined;
    this.#webhook = undefined;
    this.#lines.clear();
    this.#ready.length = 0;
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
    await connections?.close();
  }

  add(pending: Pending): void {
    if (!this.#connections) return;
    const line = this.#lines.get(pending.key);
    if (line) {
      line.waiting.push(pending);
      return;
    }
    const begun: Line = { key: pending.key, waiting: [pending], fails: 0 };
    this.#lines.set(pending.key, begun);
    this.#ready.push(begun);
    this.flush();
  }

  /** Sends what may be sent now. */
  flush(): void {
    const most = this.#webhook?.maxConnections ?? 0;
    while (this.#options.on && this.#active < most) {
      const line = this.#ready.shift();
      if (!line) return;
      void this.#send(line);
    }
  }

  async #send(line: Line): Promise<void> {
    const connections = this.#connections;
    const pending = this.#firstOf(line);
    if (!connections || !pending) return;
    this.#active += 1;
    const delivery: Delivery = {
      at: Date.now(),
      updateId: pending.updateId,
      via: 'webhook',
      tried: pending.tried,
      repeat: pending.repeat,
    };
    this.#log.deliveries.push(delivery);
    pending.tried += 1;
    const outcome = await this.#post(connections, pending.body);
    this.#active -= 1;
    const taken = 'status' in outcome && outcome.status >= 200 && outcome.status < 300;
    if ('status' in outcome) delivery.status = outcome.status;
    if (!taken) delivery.error = 'error' in outcome ? outcome.error : `Wrong response from the webhook: ${outcome.status}`;
    if (taken) this.#taken(connections, line, pending, outcome.body);
    else if (this.#connections === connections) this.#again(line, delivery.error ?? '', 'retryAfter' in outcome ? outcome.retryAfter : 0);
    this.#log.happened();
    this.flush();
  }

  // What was dropped since it came into line is not sent; a line without anything to send is gone.
  #firstOf(line: Line): Pending | undefined {
    for (;;) {
      const first = line.waiting[0];
      if (!first) this.#lines.delete(line.key);
      if (!first || first.repeat || this.#updates.has(first)) return first;
      line.waiting.shift();
    }
  }

  #post(connections: WebhookConnections, body: Buffer): Promise<Outcome> {
    const { cutRequest, dropResponse, timeoutMs } = this.#options;
    if (cutRequest > 0 && this.#chance() < cutRequest) return connections.broken(body, 'request', timeoutMs);
    if (dropResponse > 0 && this.#chance() < dropResponse) return connections.broken(body, 'response', timeoutMs);
    return connections.post(body, timeoutMs);
  }

  #taken(connections: WebhookConnections, line: Line, pending: Pending, body: string): void {
    this.#updates.acknowledge(pending);
    if (body !== '') this.onAnswer(body, pending);
    if (this.#connections !== connections) return;
    line.waiting.shift();
    line.fails = 0;
    this.#maybeRepeat(line, pending);
    if (line.waiting.length > 0) this.#ready.push(line);
    else this.#lines.delete(line.key);
  }

  #maybeRepeat(line: Line, pending: Pending): void {
    const { repeat, lateMs } = this.#options;
    if (repeat === 0 || this.#chance() >= repeat) return;
    const again: Pending = { ...pending, repeat: true };
    if (this.#chance() < 0.5) {
      line.waiting.unshift(again);
      return;
    }
    this.#later(this.#chance() * lateMs, () =>
      this.add({ ...again, key: `late ${String(pending.place)} ${Math.floor(this.#chance() * 1e9)}` }),
    );
  }

  #again(line: Line, error: string, retryAfter: number): void {
    this.lastError = { at: Date.now(), message: error };
    const { first: shortest, longest } = this.#options.retryMs;
    const wait = retryAfter > 0 ? retryAfter * 1000 : Math.min(longest, shortest * 2 ** line.fails);
    line.fails += 1;
    this.#later(wait, () => {
      this.#ready.push(line);
      this.flush();
    });
  }

  #later(ms: number, act: () => void): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      act();
    }, ms);
    this.#timers.add(timer);
  }
}
