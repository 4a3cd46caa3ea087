import type { Update, User } from 'grammy/types';
import { isObject } from './asked.ts';
import { Calls } from './calls.ts';
import { chanceFrom } from './chance.ts';
import { type DeliverOptions, deliverOptions } from './deliver.ts';
import type { FaultHook } from './faults.ts';
import { Group } from './group.ts';
import { type Call, type CallbackAnswer, type Delivery, Log, type Sent } from './log.ts';
import { Polling } from './polling.ts';
import type { Profile } from './profile.ts';
import { Resident } from './resident.ts';
import { ApiServer } from './server.ts';
import { Telegram } from './telegram.ts';
import { Updates } from './updates.ts';
import { WebhookDelivery } from './webhook-delivery.ts';
import { ride } from './webhook-reply.ts';

export type { Call, CallbackAnswer, DeliverOptions, Delivery, FaultHook, Group, Resident, Sent };

/** How a double is started. */
export interface BotApiOptions {
  /** 0 (the default) takes a free port. */
  readonly port?: number;
  readonly token?: string;
  readonly username?: string;
  /** Whether setWebhook takes http and any port, as a local Bot API server does; true unless said otherwise. */
  readonly allowHttp?: boolean;
  readonly firstUpdateId?: number;
  /** When the bot was launched, in ms; now unless said otherwise. It can be closed ten minutes later. */
  readonly launchedAt?: number;
  /** What the random repeats and cuts are drawn from; the same seed gives the same draws. */
  readonly seed?: number;
  readonly deliver?: Partial<DeliverOptions>;
}

/** Telegram's Bot API, spoken over HTTP as published, with people to talk to the bot and a log of all that reached it. */
export class BotApi {
  /** `http://127.0.0.1:<port>`: the API root to give the bot. */
  readonly url: string;
  readonly port: number;
  readonly token: string;
  readonly me: User;
  /** How updates go out; may be changed at any time. */
  readonly deliver: DeliverOptions;
  readonly #log: Log;
  readonly #telegram: Telegram;
  readonly #calls: Calls;
  readonly #server: ApiServer;
  #nextUserId = 500_000_001;
  #nextGroupId = -1_001_000_000_001;

  /** Use `startBotApi`. */
  constructor(parts: {
    port: number;
    token: string;
    deliver: DeliverOptions;
    log: Log;
    telegram: Telegram;
    calls: Calls;
    server: ApiServer;
  }) {
    this.port = parts.port;
    this.url = `http://127.0.0.1:${parts.port}`;
    this.token = parts.token;
    this.me = parts.telegram.me;
    this.deliver = parts.deliver;
    this.#log = parts.log;
    this.#telegram = parts.telegram;
    this.#calls = parts.calls;
    this.#server = parts.server;
  }

  /** Every API call in order of arrival. */
  get calls(): readonly Call[] {
    return this.#log.calls;
  }

  /** Every attempt of every update. */
  get deliveries(): readonly Delivery[] {
    return this.#log.deliveries;
  }

  /** Every answer to a tap that was taken. */
  get callbackAnswers(): readonly CallbackAnswer[] {
    return this.#log.callbackAnswers;
  }

  /** The bot's messages of one chat, or of all, in the order in which they took effect, as they were then. */
  sent(chatId?: number): Sent[] {
    return chatId === undefined ? [...this.#log.sent] : this.#log.sent.filter((sent) => sent.chatId === chatId);
  }

  /** The `update_id`s that wait for their acknowledgement, in order. */
  unacknowledged(): unknown[] {
    return this.#telegram.updates.pending().map(({ updateId }) => updateId);
  }

  /** Commands, descriptions and menu buttons as set. */
  get profile(): Profile {
    return this.#telegram.profile;
  }

  /** Asked before every call: what it returns goes wrong with the call. */
  set faults(hook: FaultHook | undefined) {
    this.#calls.faults = hook;
  }

  get faults(): FaultHook | undefined {
    return this.#calls.faults;
  }

  /** How long a tap can be answered; 0 makes every tap too old. */
  set callbackLifetimeMs(ms: number) {
    this.#telegram.callbackLifetimeMs = ms;
  }

  /** Somebody new, in a private chat with the bot; the chat's id is theirs. */
  user({ id, firstName = '李明', languageCode }: { id?: number; firstName?: string; languageCode?: string } = {}): Resident {
    const userId = id ?? this.#nextUserId++;
    const user: User = {
      id: userId,
      is_bot: false,
      first_name: firstName,
      ...(languageCode !== undefined && { language_code: languageCode }),
    };
    return new Resident(this.#telegram, this.#telegram.chats.add({ id: userId, type: 'private', user }), user, this.deliver);
  }

  /** A group; the bot is in it, though nobody said so yet (`addBot` says it). */
  group({ id, title = '小区群', type = 'supergroup' }: { id?: number; title?: string; type?: 'group' | 'supergroup' } = {}): Group {
    return new Group(this.#telegram, this.#telegram.chats.add({ id: id ?? this.#nextGroupId--, type, title }));
  }

  /** Delivers anything that is JSON as an update; `update_id` is filled in only where it is missing. */
  push(rawUpdate: unknown): unknown {
    return this.#telegram.updates.push(rawUpdate);
  }

  /** Delivers bytes as the body of a webhook request. Through getUpdates they never come. */
  pushRaw(bytes: Uint8Array | string): void {
    this.#telegram.updates.pushRaw(typeof bytes === 'string' ? Buffer.from(bytes) : bytes);
  }

  /** Cuts every connection to the API. */
  cutConnections(): void {
    this.#server.cut();
  }

  /** Forgets the log up to now, so that a long run needs no more memory than its state. */
  forgetLog(): void {
    this.#log.calls.length = 0;
    this.#log.deliveries.length = 0;
    this.#log.sent.length = 0;
    this.#log.callbackAnswers.length = 0;
  }

  /** Resolves once the predicate holds; rejects with the log's last lines if it does not in time. */
  until(predicate: () => unknown, timeoutMs = 10_000): Promise<void> {
    return this.#log.until(predicate, timeoutMs);
  }

  /**
   * Resolves once every update is acknowledged, none is on its way (repeats included), no call is under way,
   * and nothing has come for `quietMs`: a bot may answer after it acknowledged, and only silence shows that it is done.
   */
  settled({ quietMs = 150, timeoutMs = 15_000 }: { quietMs?: number; timeoutMs?: number } = {}): Promise<void> {
    const { updates, webhook, polling } = this.#telegram;
    const settled = () =>
      updates.pendingCount === 0 &&
      webhook.idle &&
      polling.idle &&
      this.#calls.underWay === 0 &&
      Date.now() - this.#log.lastEventAt >= quietMs;
    return this.#log.until(settled, timeoutMs);
  }

  /** Ends everything; calls under way get no answer. */
  async close(): Promise<void> {
    await this.#telegram.webhook.stop();
    this.#telegram.polling.end();
    await this.#server.close();
  }
}

/** Starts a double. */
export async function startBotApi(options: BotApiOptions = {}): Promise<BotApi> {
  const { token = '7000000001:AAF-a-token-of-the-double-only-0001', username = 'tiexin_test_bot' } = options;
  const chance = chanceFrom(options.seed ?? 1);
  const deliver = deliverOptions(options.deliver ?? {}, () => {
    webhook.flush();
    polling.wake();
  });
  const log = new Log();
  const updates = new Updates(options.firstUpdateId ?? 100_000_001);
  const polling = new Polling(updates, log, deliver, chance);
  const webhook = new WebhookDelivery(updates, log, deliver, chance);
  updates.onNew = (pending) => {
    webhook.add(pending);
    polling.wake();
  };
  const telegram = new Telegram({
    me: botUser(token, username),
    log,
    updates,
    polling,
    webhook,
    allowHttp: options.allowHttp ?? true,
    launchedAt: options.launchedAt ?? Date.now(),
  });
  const calls = new Calls(telegram, log);
  webhook.onAnswer = (body, pending) => ride(calls, body, pending);
  const server = new ApiServer({ token, telegram, calls, options: deliver, chance });
  const port = await server.listen(options.port ?? 0);
  return new BotApi({ port, token, deliver, log, telegram, calls, server });
}

function botUser(token: string, username: string): User {
  const about = { can_join_groups: true, can_read_all_group_messages: false, supports_inline_queries: false };
  return { id: Number(token.split(':')[0]), is_bot: true, first_name: '贴心', username, ...about };
}

/** The update's own message or query, whatever its kind: `contentOf(resident.say('x')).message_id`. */
export function contentOf(update: Update): Record<string, unknown> & { message_id: number } {
  const content = Object.values(update).find(isObject);
  if (!content) throw new Error(`Update ${update.update_id} holds nothing`);
  return content as Record<string, unknown> & { message_id: number };
}
