import { setTimeout as sleep } from 'node:timers/promises';
import type { Payload } from './asked.ts';
import type { Fault } from './faults.ts';

/** One API call, in order of arrival. */
export interface Call {
  readonly at: number;
  /** What follows `/cgi-bin/`. */
  readonly path: string;
  readonly payload: Payload;
  /** The body as it came over the wire. */
  readonly rawBody: string;
  /** Whether the body had `\uXXXX` where UTF-8 would have done; WeChat shows that as typed. */
  readonly escaped: boolean;
  readonly openid: string | undefined;
  readonly fault?: Fault;
  /** Whether it did what it asked; false too for what was refused. */
  tookEffect: boolean;
  /** The code that went back; 0 for what was done, undefined where no code went back. */
  errcode: number | undefined;
  /** What went back: the HTTP status, `none` (never answered), `reset`, or `lost` (the caller had gone). Undefined while under way. */
  answered: number | 'none' | 'reset' | 'lost' | undefined;
}

/** One attempt to bring one message or event to the callback URL. */
export interface Delivery {
  readonly at: number;
  /** By what WeChat tells apart messages (MsgId) and events (sender, time, event, key). */
  readonly id: string;
  readonly openid: string;
  readonly kind: string;
  /** The request as sent, to be sent again by whoever wants to replay it. */
  readonly url: string;
  readonly body: string;
  /** How often it had been tried before. */
  readonly tried: number;
  /** Sent again though it had been answered. */
  readonly repeat: boolean;
  status?: number;
  /** Why no answer came, or what was wrong with it. */
  error?: string;
  /** The body of the answer. */
  answer?: string;
  /** What the resident got of it. */
  became?: 'nothing' | 'reply' | 'fault notice' | 'ignored';
}

/** One item of a menu message, or a link in a text that does the same. */
export interface MenuItem {
  readonly id: string;
  readonly content: string;
}

/** One thing that a resident saw in the chat. */
export interface Told {
  readonly at: number;
  readonly openid: string;
  /** Where it came from: the answer to a callback, a customer-service message, a template, a subscription notice, or WeChat itself. */
  readonly via: 'passive' | 'custom' | 'template' | 'subscription' | 'fault';
  /** As WeChat names it: `text`, `image`, `msgmenu` … */
  readonly kind: string;
  /** Its words as shown; a menu's lines one under the other. */
  readonly text: string;
  readonly mediaId?: string;
  readonly menu?: readonly MenuItem[];
  readonly payload: Payload;
}

/** Everything that reached WeChat's side, and waiting for it. */
export class Log {
  readonly calls: Call[] = [];
  readonly deliveries: Delivery[] = [];
  /** What took effect, in order. */
  readonly sent: Told[] = [];
  /** Each time a resident was told that the account is out of order, with the reason. */
  readonly notices: { readonly at: number; readonly openid: string; readonly id: string; readonly why: string }[] = [];
  /** What was given up after the last try: ids as in `deliveries`. */
  readonly lost: string[] = [];
  /** When the last call or delivery happened. */
  lastEventAt = 0;

  /** Notes that something happened. */
  happened(): void {
    this.lastEventAt = Date.now();
  }

  forget(): void {
    for (const list of [this.calls, this.deliveries, this.sent, this.notices, this.lost]) list.length = 0;
  }

  /** Resolves once `predicate` holds; rejects after `timeoutMs` with the last lines of the log. */
  async until(predicate: () => unknown, timeoutMs: number): Promise<void> {
    const end = Date.now() + timeoutMs;
    while (!predicate()) {
      if (Date.now() > end) throw new Error(`Not so within ${timeoutMs} ms: ${predicate}\n${this.#tail()}`);
      await sleep(3);
    }
  }

  #tail(count = 12): string {
    const calls = this.calls
      .slice(-count)
      .map(({ path, openid, answered, errcode }) => `  ${path} ${openid ?? ''} → ${answered ?? 'under way'} ${errcode ?? ''}`);
    const deliveries = this.deliveries
      .slice(-count)
      .map(({ id, kind, status, error, became }) => `  ${kind} ${id} → ${status ?? ''} ${error ?? ''} ${became ?? ''}`);
    return ['Last calls:', ...calls, 'Last deliveries:', ...deliveries].join('\n');
  }
}
