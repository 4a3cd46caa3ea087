import { Callbacks } from './callbacks.ts';
import { Codes } from './codes.ts';
import type { DeliverOptions } from './deliver.ts';
import type { Agreement } from './envelope.ts';
import { type Fields, written } from './fields.ts';
import type { Follower } from './follower.ts';
import type { Log, Told } from './log.ts';
import { MediaShelf } from './media-shelf.ts';
import type { Menu } from './methods/menu.ts';
import { replyIn } from './passive-reply.ts';
import { Quota } from './quota.ts';
import { Tokens } from './tokens.ts';

/** A template of the account's, as `get_all_private_template` lists it. */
export interface Template {
  readonly template_id: string;
  readonly title: string;
  readonly content: string;
  /** Whether residents agree to each notice (订阅通知), or it is a template message (模板消息). */
  readonly subscription: boolean;
}

const outOfOrder = '该公众号提供的服务出现故障，请稍后再试';

/** WeChat's side of one account: who follows it, what is kept of it, and what it has been told. */
export class Wechat {
  clock: () => number = () => Date.now();
  /** Where it is reached; known once the server listens. */
  address = '';
  readonly secret: string;
  readonly log: Log;
  readonly followers = new Map<string, Follower>();
  readonly tokens = new Tokens();
  readonly media = new MediaShelf();
  readonly quota = new Quota();
  readonly codes = new Codes();
  readonly callbacks: Callbacks;
  menu: Menu | undefined;
  readonly templates: Template[] = [];
  /** The calls that the account has no right to, by path. */
  readonly withheld = new Set<string>();
  /** Whether `media/get` tells where a film lies, as documented; some accounts are given it at once. */
  filmsByAddress = true;
  /** Whether the caller's address is on the account's list. */
  ipListed = true;
  #nextMsgId: bigint;
  #nextTemplateId = 3_000_000_000_000_001n;

  constructor(parts: {
    agreement: Agreement;
    secret: string;
    log: Log;
    deliver: DeliverOptions;
    chance: () => number;
    firstMsgId: bigint;
  }) {
    this.secret = parts.secret;
    this.log = parts.log;
    this.#nextMsgId = parts.firstMsgId;
    this.callbacks = new Callbacks(parts.agreement, parts.log, parts.deliver, parts.chance, {
      hear: (pending, answer) => this.#hear(pending.openid, answer),
      excuse: (pending, why) => this.#excuse(pending, why),
      now: () => this.clock(),
    });
  }

  get agreement(): Agreement {
    return this.callbacks.agreement;
  }

  newTemplateMessageId(): bigint {
    return this.#nextTemplateId++;
  }

  /** A message of theirs: it has an id of its own. */
  pushMessage(follower: Follower, type: string, fields: Fields): Fields {
    return this.push(follower, { ...this.#envelope(follower, type), ...fields, MsgId: this.#nextMsgId++ });
  }

  pushEvent(follower: Follower, event: string, fields: Fields = {}): Fields {
    return this.push(follower, { ...this.#envelope(follower, 'event'), Event: event, ...fields });
  }

  /** Brings fields as they are; what is missing of the envelope is filled in. */
  push(follower: Follower, given: Fields): Fields {
    const fields = { ...this.#envelope(follower, 'text'), ...given };
    const { Event = '', EventKey = '', MsgType, CreateTime, MsgId } = fields as Record<string, Fields[string]>;
    const id = MsgId === undefined ? `${follower.openid} ${CreateTime} ${Event} ${String(EventKey)}` : String(MsgId);
    const kind = Event === '' ? String(MsgType) : String(Event);
    this.pushPlain(follower, written(fields, this.agreement.format), { id, kind });
    return fields;
  }

  /** Brings any text as the body of a callback, signed and sealed as the mode has it. */
  pushPlain(follower: Follower, plain: string, { id, kind }: { id: string; kind: string }): void {
    this.callbacks.add({ id, kind, openid: follower.openid, plain, repliable: !unanswered.has(kind) });
  }

  /** The resident sees it, and the log has it. */
  tell(follower: Follower, told: Omit<Told, 'at' | 'openid'>): void {
    const now = this.clock();
    const seen: Told = { at: now, openid: follower.openid, ...told };
    follower.seen.push(seen);
    if (seen.via === 'fault') return;
    follower.lastExchangeAt = now;
    follower.typingUntil = now;
    this.log.sent.push(seen);
  }

  #envelope(follower: Follower, type: string): Fields {
    const CreateTime = Math.floor(this.clock() / 1000);
    return { ToUserName: this.agreement.originalId, FromUserName: follower.openid, CreateTime, MsgType: type };
  }

  #hear(openid: string, answer: string): 'nothing' | 'reply' {
    const { agreement, media, followers } = this;
    const follower = followers.get(openid);
    const reply = replyIn(answer, { openid, agreement, media, now: this.clock() });
    if (!reply || !follower) return 'nothing';
    this.tell(follower, { via: 'passive', ...reply });
    return 'reply';
  }

  #excuse({ openid, id }: { openid: string; id: string }, why: string): void {
    this.log.notices.push({ at: this.clock(), openid, id, why });
    const follower = this.followers.get(openid);
    if (follower) this.tell(follower, { via: 'fault', kind: 'text', text: outOfOrder, payload: {} });
  }
}

/** Events whose answer nobody sees, nor that there was none. */
const unanswered = new Set([
  'unsubscribe',
  'VIEW',
  'LOCATION',
  'TEMPLATESENDJOBFINISH',
  'subscribe_msg_popup_event',
  'subscribe_msg_sent_event',
]);
