import { CallbackConnections, most, type Outcome } from './callback-request.ts';
import type { DeliverOptions } from './deliver.ts';
import { type Agreement, type Letter, letterOf, signedQuery } from './envelope.ts';
import type { Delivery, Log } from './log.ts';

/** One message or event on its way to the callback URL. */
export interface Pending {
  /** By what WeChat tells it from others. */
  readonly id: string;
  readonly openid: string;
  readonly kind: string;
  readonly plain: string;
  /** Whether an answer to it is shown; what follows an unfollowing, say, is not. */
  readonly repliable: boolean;
}

interface Trying extends Pending {
  tried: number;
  readonly repeat: boolean;
  letter?: Letter;
}

interface Line {
  readonly key: string;
  readonly waiting: Trying[];
}

/** What becomes of an answer: shown to the resident, or why it cannot be. */
export interface Hearing {
  /** Shows what the answer says, if anything; throws with the reason where it is no good. */
  hear(pending: Pending, answer: string): 'nothing' | 'reply';
  /** Tells the resident that the account is out of order. */
  excuse(pending: Pending, why: string): void;
  now(): number;
}

/** Brings callbacks as WeChat does: a few tries, then never again. */
export class Callbacks {
  readonly #log: Log;
  readonly #options: DeliverOptions;
  readonly #chance: () => number;
  readonly #hearing: Hearing;
  readonly #lines = new Map<string, Line>();
  readonly #ready: Line[] = [];
  readonly #timers = new Set<NodeJS.Timeout>();
  #agreement: Agreement;
  #connections: CallbackConnections | undefined;
  #active = 0;
  #lineCount = 0;

  constructor(agreement: Agreement, log: Log, options: DeliverOptions, chance: () => number, hearing: Hearing) {
    this.#agreement = agreement;
    this.#log = log;
    this.#options = options;
    this.#chance = chance;
    this.#hearing = hearing;
  }

  get agreement(): Agreement {
    return this.#agreement;
  }

  /** Nothing under way, nothing waiting for another try. */
  get idle(): boolean {
    return this.#active === 0 && this.#lines.size === 0 && this.#timers.size === 0;
  }

  /** Asks the URL to prove itself, as the console does; from then on callbacks go there. Throws, and changes nothing, if it does not. */
  async configure(url: string, agreement: Agreement): Promise<void> {
    const connections = new CallbackConnections(url);
    const echostr = String(Math.floor(this.#chance() * 9e18));
    const query = signedQuery(agreement, this.#hearing.now(), { echostr });
    const outcome = await connections.get(query, this.#options.timeoutMs);
    if ('error' in outcome || outcome.status !== 200 || outcome.body !== echostr) {
      await connections.close();
      throw new Error(`请求URL超时或token验证失败: ${'error' in outcome ? outcome.error : `${outcome.status} ${outcome.body}`}`);
    }
    await this.#connections?.close();
    this.#connections = connections;
    this.#agreement = agreement;
  }

  /** Drops what waits and ends the connections. */
  async stop(): Promise<void> {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
    this.#lines.clear();
    this.#ready.length = 0;
    const connections = this.#connections;
    this.#connections = undefined;
    await connections?.close();
  }

  /** Brings it; where no URL is configured it goes nowhere. */
  add(pending: Pending): void {
    if (this.#connections) this.#enter({ ...pending, tried: 0, repeat: false }, pending.openid);
  }

  /** Sends what may be sent now. */
  flush(): void {
    while (this.#options.on && this.#active < most) {
      const line = this.#ready.shift();
      if (!line) return;
      void this.#send(line);
    }
  }

  #enter(trying: Trying, openid: string): void {
    const key = this.#options.inOrder ? openid : `${openid} ${this.#lineCount++}`;
    const line = this.#lines.get(key);
    if (line) {
      line.waiting.push(trying);
      return;
    }
    const begun: Line = { key, waiting: [trying] };
    this.#lines.set(key, begun);
    this.#ready.push(begun);
    this.flush();
  }

  async #send(line: Line): Promise<void> {
    const connections = this.#connections;
    const [pending] = line.waiting;
    if (!connections || !pending) return;
    this.#active += 1;
    const letter = (this.#options.sameLetter && pending.letter) || this.#letterOf(pending);
    pending.letter = letter;
    const { id, openid, kind, tried, repeat } = pending;
    const url = connections.addressOf(letter.query);
    const delivery: Delivery = { at: Date.now(), id, openid, kind, url, body: letter.body, tried, repeat };
    this.#log.deliveries.push(delivery);
    pending.tried += 1;
    const outcome = await this.#post(connections, letter);
    this.#active -= 1;
    if ('status' in outcome) delivery.status = outcome.status;
    if ('status' in outcome && outcome.status === 200) this.#answered(line, pending, delivery, outcome.body);
    else {
      delivery.error = 'error' in outcome ? outcome.error : `Status ${outcome.status}`;
      if (this.#connections) this.#again(line, pending, delivery.error);
    }
    this.#log.happened();
    this.flush();
  }

  #letterOf({ plain, openid }: Trying): Letter {
    return letterOf(this.#agreement, plain, openid, this.#hearing.now());
  }

  #post(connections: CallbackConnections, letter: Letter): Promise<Outcome> {
    const { cutRequest, dropResponse, timeoutMs } = this.#options;
    if (cutRequest > 0 && this.#chance() < cutRequest) return connections.broken(letter, 'request', timeoutMs);
    if (dropResponse > 0 && this.#chance() < dropResponse) return connections.broken(letter, 'response', timeoutMs);
    return connections.post(letter, timeoutMs);
  }

  #answered(line: Line, pending: Trying, delivery: Delivery, answer: string): void {
    delivery.answer = answer;
    delivery.became = 'ignored';
    if (pending.repliable && !pending.repeat) {
      try {
        delivery.became = this.#hearing.hear(pending, answer);
      } catch (error) {
        delivery.became = 'fault notice';
        delivery.error = error instanceof Error ? error.message : String(error);
        this.#hearing.excuse(pending, delivery.error);
      }
    }
    this.#next(line);
    this.#maybeRepeat(pending);
  }

  #again(line: Line, pending: Trying, error: string): void {
    const { insist, tries, retryMs } = this.#options;
    if (insist || pending.tried < tries) {
      this.#later(Math.min(retryMs.longest, retryMs.first * 2 ** (pending.tried - 1)), () => this.#ready.push(line));
      return;
    }
    if (!pending.repeat) this.#log.lost.push(pending.id);
    if (pending.repliable && !pending.repeat) this.#hearing.excuse(pending, error);
    this.#next(line);
  }

  #next(line: Line): void {
    line.waiting.shift();
    if (line.waiting.length > 0) this.#ready.push(line);
    else this.#lines.delete(line.key);
  }

  #maybeRepeat(pending: Trying): void {
    const { repeat, lateMs } = this.#options;
    if (pending.repeat || repeat === 0 || this.#chance() >= repeat) return;
    const enter = () => this.#enter({ ...pending, tried: 0, repeat: true }, `${pending.openid} ${this.#lineCount++}`);
    if (this.#chance() < 0.5) enter();
    else this.#later(this.#chance() * lateMs, enter);
  }

  #later(ms: number, act: () => void): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      act();
      this.flush();
    }, ms);
    this.#timers.add(timer);
  }
}
