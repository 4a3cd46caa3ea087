import { setTimeout as sleep } from 'node:timers/promises';
import type { Message } from 'grammy/types';
import type { Asked } from './asked.ts';
import type { Fault } from './faults.ts';

/** One API call, in order of arrival. */
export interface Call {
  readonly at: number;
  /** As Telegram spells it; an unknown one as it was asked. */
  readonly method: string;
  readonly payload: Asked['payload'];
  readonly chatId: number | undefined;
  readonly via: 'http' | 'webhook-reply';
  /** The update whose webhook answer carried the call, where `via` is `webhook-reply`. */
  readonly ridOn?: number;
  readonly fault?: Fault;
  /** Whether it did what it asked; false too for what was refused. */
  tookEffect: boolean;
  /** What went back: the status, `none` (never answered), `reset`, or `lost` (the caller had gone). Undefined while under way. */
  answered: number | 'none' | 'reset' | 'lost' | undefined;
  /** The description of a refusal, or the result of what took effect. */
  description?: string;
  result?: unknown;
}

/** One attempt to bring one update to the bot. */
export interface Delivery {
  readonly at: number;
  readonly updateId: unknown;
  readonly via: 'webhook' | 'polling';
  /** How often it had been tried before. */
  readonly tried: number;
  /** Sent again though it had been acknowledged. */
  readonly repeat: boolean;
  /** The status that came back, where one did; a polled update has 200 once it was handed over. */
  status?: number;
  /** Why no status came back, or which of them was no good. */
  error?: string;
}

/** A message of the bot at the moment it took effect. */
export interface Sent {
  readonly at: number;
  readonly method: string;
  readonly chatId: number;
  readonly messageId: number;
  /** Its text or caption as shown. */
  readonly text: string;
  readonly message: Message;
  readonly payload: Asked['payload'];
}

/** One answer to a tap that was taken. */
export interface CallbackAnswer {
  readonly at: number;
  readonly queryId: string;
  readonly chatId: number;
  readonly userId: number;
  readonly text?: string;
  readonly showAlert: boolean;
}

/** Everything that reached Telegram's side, and waiting for it. */
export class Log {
  readonly calls: Call[] = [];
  readonly deliveries: Delivery[] = [];
  readonly sent: Sent[] = [];
  readonly callbackAnswers: CallbackAnswer[] = [];
  /** When the last call or delivery happened; an empty poll is no event. */
  lastEventAt = 0;

  /** Notes that something happened. */
  happened(): void {
    this.lastEventAt = Date.now();
  }

  /** Resolves once `predicate` holds; rejects after `timeoutMs` with the last lines of the log. */
  async until(predicate: () => unknown, timeoutMs: number): Promise<void> {
    const end = Date.now() + timeoutMs;
    while (!predicate()) {
      if (Date.now() > end) throw new Error(`Not so within ${timeoutMs} ms: ${predicate}\n${this.tail()}`);
      await sleep(3);
    }
  }

  /** The last calls and deliveries in short, for a failing test's message. */
  tail(count = 12): string {
    const calls = this.calls
      .slice(-count)
      .map((call) => `  ${call.method} ${call.chatId ?? ''} → ${call.answered ?? 'under way'} ${call.description ?? ''}`);
    const deliveries = this.deliveries
      .slice(-count)
      .map((delivery) => `  update ${String(delivery.updateId)} → ${delivery.status ?? ''} ${delivery.error ?? ''}`);
    return ['Last calls:', ...calls, 'Last deliveries:', ...deliveries].join('\n');
  }
}
