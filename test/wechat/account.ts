import { chanceFrom } from '../telegram/chance.ts';
import { Calls } from './calls.ts';
import { type DeliverOptions, deliverOptions } from './deliver.ts';
import { type Agreement, type Letter, letterOf, type Mode } from './envelope.ts';
import type { FaultHook } from './faults.ts';
import { type Fields, type Format, written } from './fields.ts';
import { Follower } from './follower.ts';
import { type Call, type Delivery, Log, type Told } from './log.ts';
import type { Menu } from './methods/menu.ts';
import { Resident } from './resident.ts';
import { ApiServer } from './server.ts';
import { type Template, Wechat } from './wechat.ts';

export type { Call, DeliverOptions, Delivery, FaultHook, Fields, Format, Mode, Resident, Told };

/** How a double is started. */
export interface AccountOptions {
  /** 0 (the default) takes a free port. */
  readonly port?: number;
  readonly appId?: string;
  readonly appSecret?: string;
  readonly originalId?: string;
  readonly token?: string;
  readonly encodingAesKey?: string;
  readonly mode?: Mode;
  readonly format?: Format;
  /** What time it is for WeChat, in ms; the machine's time unless said otherwise. */
  readonly clock?: () => number;
  /** Longer than a double can tell apart, as the true ones are. */
  readonly firstMsgId?: bigint;
  /** What the random repeats and cuts are drawn from; the same seed gives the same draws. */
  readonly seed?: number;
  readonly deliver?: Partial<DeliverOptions>;
}

/** A WeChat Official Account's server, spoken with over HTTP as published, with people who write to the account and a log of all that reached it. */
export class Account {
  /** `http://127.0.0.1:<port>`: the API root, `/cgi-bin/…` follows. */
  readonly url: string;
  readonly appSecret: string;
  /** How callbacks go out; may be changed at any time. */
  readonly deliver: DeliverOptions;
  readonly #wechat: Wechat;
  readonly #log: Log;
  readonly #calls: Calls;
  readonly #server: ApiServer;
  #nextUser = 1;

  /** Use `startWechat`. */
  constructor(parts: { port: number; deliver: DeliverOptions; wechat: Wechat; calls: Calls; server: ApiServer }) {
    this.url = `http://127.0.0.1:${parts.port}`;
    parts.wechat.address = this.url;
    this.appSecret = parts.wechat.secret;
    this.deliver = parts.deliver;
    this.#wechat = parts.wechat;
    this.#log = parts.wechat.log;
    this.#calls = parts.calls;
    this.#server = parts.server;
  }

  /** What both sides agreed on: ids, token, key, mode, format. */
  get agreement(): Agreement {
    return this.#wechat.agreement;
  }

  get appId(): string {
    return this.agreement.appId;
  }

  get originalId(): string {
    return this.agreement.originalId;
  }

  get token(): string {
    return this.agreement.token;
  }

  get encodingAesKey(): string {
    return this.agreement.encodingAesKey;
  }

  /** Saves the callback URL in the console, perhaps with another mode, format, token or key; rejects where the URL does not prove itself. */
  configure(callbackUrl: string, changes: Partial<Omit<Agreement, 'appId' | 'originalId'>> = {}): Promise<void> {
    return this.#wechat.callbacks.configure(callbackUrl, { ...this.agreement, ...changes });
  }

  /** Every API call in order of arrival. */
  get calls(): readonly Call[] {
    return this.#log.calls;
  }

  /** Every attempt of every callback. */
  get deliveries(): readonly Delivery[] {
    return this.#log.deliveries;
  }

  /** What took effect for one resident, or for all, in order: passive replies, customer-service messages, templates. */
  sent(openid?: string): Told[] {
    return openid === undefined ? [...this.#log.sent] : this.#log.sent.filter((told) => told.openid === openid);
  }

  /** Each time a resident was told that the account is out of order. */
  get notices(): Log['notices'] {
    return this.#log.notices;
  }

  /** The ids of what was given up. */
  get lost(): readonly string[] {
    return this.#log.lost;
  }

  /** Asked before every call: what it returns goes wrong with the call. */
  set faults(hook: FaultHook | undefined) {
    this.#calls.faults = hook;
  }

  get faults(): FaultHook | undefined {
    return this.#calls.faults;
  }

  /** What time it is for WeChat, in ms: windows, tokens, files and callbacks go by it. */
  set clock(clock: () => number) {
    this.#wechat.clock = clock;
  }

  get clock(): () => number {
    return this.#wechat.clock;
  }

  /** The menu as set. */
  get menu(): Menu | undefined {
    return this.#wechat.menu;
  }

  /** Takes away the right to a call, or gives it back. */
  withhold(path: string, yes = true): void {
    if (yes) this.#wechat.withheld.add(path);
    else this.#wechat.withheld.delete(path);
  }

  /** Whether this machine's address is on the list of those that may ask for a token. */
  set ipListed(yes: boolean) {
    this.#wechat.ipListed = yes;
  }

  /** Whether `media/get` tells where a film lies (true, as documented) or gives the film itself. */
  set filmsByAddress(yes: boolean) {
    this.#wechat.filmsByAddress = yes;
  }

  /** Sets how often a call may be made in a day. */
  limit(path: string, daily: number): void {
    this.#wechat.quota.limits.set(path, daily);
  }

  /** Makes every token worthless, as another program's forced refresh or a new secret does. */
  revokeTokens(): void {
    this.#wechat.tokens.revokeAll();
  }

  /** Loses a file before its three days are over. */
  dropMedia(mediaId: string): void {
    this.#wechat.media.drop(mediaId);
  }

  /** Gives the account a template. */
  addTemplate(template: Template): void {
    this.#wechat.templates.push(template);
  }

  /** Somebody with WeChat: one who has followed for long and has not written lately, unless said otherwise. */
  user({ openid, language = 'zh_CN', follows = true }: { openid?: string; language?: string; follows?: boolean } = {}): Resident {
    const id = openid ?? `o9AgO5${String(this.#nextUser++).padStart(22, '0')}`;
    const follower = new Follower(id, language, follows, this.clock());
    this.#wechat.followers.set(id, follower);
    return new Resident(this.#wechat, follower);
  }

  /** A callback that WeChat could have sent, or with other ids, keys or times one that it could not: for the test to send itself. */
  letter(said: Fields | string, openid: string, { at = this.clock(), ...forged }: Partial<Agreement> & { at?: number } = {}): Letter {
    const agreement = { ...this.agreement, ...forged };
    return letterOf(agreement, typeof said === 'string' ? said : written(said, agreement.format), openid, at);
  }

  /** Cuts every connection to the API. */
  cutConnections(): void {
    this.#server.cut();
  }

  /** Forgets the log up to now, so that a long run needs no more memory than its state. */
  forgetLog(): void {
    this.#log.forget();
  }

  /** Resolves once the predicate holds; rejects with the log's last lines if it does not in time. */
  until(predicate: () => unknown, timeoutMs = 10_000): Promise<void> {
    return this.#log.until(predicate, timeoutMs);
  }

  /** Resolves once no callback is on its way or waits for another try, no call is under way, and nothing has come for `quietMs`. */
  settled({ quietMs = 150, timeoutMs = 15_000 }: { quietMs?: number; timeoutMs?: number } = {}): Promise<void> {
    const settled = () => this.#wechat.callbacks.idle && this.#calls.underWay === 0 && Date.now() - this.#log.lastEventAt >= quietMs;
    return this.#log.until(settled, timeoutMs);
  }

  /** Ends everything; calls under way get no answer. */
  async close(): Promise<void> {
    await this.#wechat.callbacks.stop();
    await this.#server.close();
  }
}

/** Starts a double. */
export async function startWechat(options: AccountOptions = {}): Promise<Account> {
  const agreement: Agreement = {
    appId: options.appId ?? 'wx0123456789abcdef',
    originalId: options.originalId ?? 'gh_97417a04a28d',
    token: options.token ?? 'tiexin_test_token',
    encodingAesKey: options.encodingAesKey ?? 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG',
    mode: options.mode ?? 'secure',
    format: options.format ?? 'xml',
  };
  const log = new Log();
  const deliver = deliverOptions(options.deliver ?? {}, () => wechat.callbacks.flush());
  const wechat = new Wechat({
    agreement,
    secret: options.appSecret ?? '0123456789abcdef0123456789abcdef',
    log,
    deliver,
    chance: chanceFrom(options.seed ?? 1),
    firstMsgId: options.firstMsgId ?? 25_373_744_922_163_388n,
  });
  if (options.clock) wechat.clock = options.clock;
  const calls = new Calls(wechat, log);
  const server = new ApiServer(wechat, calls);
  const port = await server.listen(options.port ?? 0);
  return new Account({ port, deliver, wechat, calls, server });
}
