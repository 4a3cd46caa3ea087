import type { Update } from 'grammy/types';
import { isObject } from './asked.ts';

/** An update that has not been acknowledged. */
export interface Pending {
  /** What `update_id` says; of a pushed update it may be anything, or undefined. */
  readonly updateId: unknown;
  /** Where it stands among all updates: its id, or for one without a usable id the next free number. */
  readonly place: number;
  /** Updates with the same key come one after another. */
  readonly key: string;
  readonly body: Buffer;
  /** Raw bytes can't stand in an answer to getUpdates. */
  readonly raw: boolean;
  tried: number;
  /** Delivered again although it had been acknowledged. */
  readonly repeat: boolean;
}

/** What is not in this list only comes to a bot that asks for it. */
const byDefault = (kind: string): boolean => !['chat_member', 'message_reaction', 'message_reaction_count'].includes(kind);

/** The bot's updates in order, until each is acknowledged. */
export class Updates {
  /** As last set by setWebhook or getUpdates; undefined is Telegram's default. */
  allowed: readonly string[] | undefined;
  /** Told of every update that comes in. */
  onNew: (pending: Pending) => void = () => undefined;
  readonly #pending = new Map<Pending, true>();
  #nextId: number;

  constructor(firstId: number) {
    this.#nextId = firstId;
  }

  /** Makes the update that happened; it is queued only if the bot wants its kind. */
  add(key: string, kind: Exclude<keyof Update, 'update_id'>, content: object): Update {
    const update = { update_id: this.#nextId++, [kind]: content } as unknown as Update;
    if (this.allowed ? this.allowed.includes(kind) : byDefault(kind))
      this.#queue({ updateId: update.update_id, place: update.update_id, key, body: Buffer.from(JSON.stringify(update)), raw: false });
    return update;
  }

  /** Queues anything that is JSON; `update_id` is filled in only where there is none. */
  push(given: unknown): unknown {
    const update = isObject(given) && !('update_id' in given) ? { update_id: this.#nextId++, ...given } : given;
    const id = isObject(update) ? update.update_id : undefined;
    const usable = typeof id === 'number' && Number.isSafeInteger(id) && id > 0;
    const place = usable ? id : this.#nextId++;
    // A client asks for what follows the highest id it saw: what comes later has to be higher.
    if (usable && id >= this.#nextId && id < 2 ** 31 - 1) this.#nextId = id + 1;
    this.#queue({ updateId: id, place, key: keyOf(update), body: Buffer.from(JSON.stringify(update)), raw: false });
    return update;
  }

  /** Queues bytes as they are. */
  pushRaw(bytes: Uint8Array): void {
    const place = this.#nextId++;
    this.#queue({ updateId: undefined, place, key: `raw ${place}`, body: Buffer.from(bytes), raw: true });
  }

  /** What is not acknowledged, in order. */
  pending(): Pending[] {
    return [...this.#pending.keys()];
  }

  get pendingCount(): number {
    return this.#pending.size;
  }

  acknowledge(pending: Pending): void {
    this.#pending.delete(pending);
  }

  /** Forgets all that waits, as drop_pending_updates asks. */
  drop(): void {
    this.#pending.clear();
  }

  has(pending: Pending): boolean {
    return this.#pending.has(pending);
  }

  #queue(made: Omit<Pending, 'tried' | 'repeat'>): void {
    const pending: Pending = { ...made, tried: 0, repeat: false };
    this.#pending.set(pending, true);
    this.onNew(pending);
  }
}

function keyOf(update: unknown): string {
  if (!isObject(update)) return 'pushed';
  for (const content of Object.values(update)) {
    if (!isObject(content)) continue;
    const message = isObject(content.message) ? content.message : content;
    if (isObject(message.chat)) return `chat ${String(message.chat.id)}`;
  }
  return 'pushed';
}
