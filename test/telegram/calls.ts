import { setTimeout as sleep } from 'node:timers/promises';
import type { Asked } from './asked.ts';
import { type Fault, type FaultHook, faultyAnswer } from './faults.ts';
import type { Call, Log } from './log.ts';
import { loggedOut } from './methods/bot.ts';
import { methodCalled } from './methods/methods.ts';
import { Refusal } from './refusal.ts';
import type { Telegram } from './telegram.ts';
import type { Pending } from './updates.ts';

/** What goes back over the wire: an answer, silence, or a cut. */
export type Reply = Answer | 'none' | 'reset';
export interface Answer {
  readonly status: number;
  readonly type: string;
  readonly body: string | Buffer;
  /** The updates in it, of an answer to getUpdates. */
  readonly updates?: readonly Pending[];
}

/** Where a call comes from. */
export interface From {
  readonly via: Call['via'];
  readonly ridOn?: number;
  readonly letGo: AbortSignal;
}

/** Executes calls, one way for all of them, and writes each down. */
export class Calls {
  /** Calls under way that will end by themselves; a poll that waits and a call without an answer are not counted. */
  underWay = 0;
  readonly #telegram: Telegram;
  readonly #log: Log;
  readonly #counts = new Map<string, number>();
  #faults: FaultHook | undefined;

  constructor(telegram: Telegram, log: Log) {
    this.#telegram = telegram;
    this.#log = log;
  }

  get faults(): FaultHook | undefined {
    return this.#faults;
  }

  /** The hook counts calls from when it is set. */
  set faults(hook: FaultHook | undefined) {
    this.#faults = hook;
    this.#counts.clear();
  }

  async take(asMethod: string, asked: Asked, from: From): Promise<{ call: Call; reply: Reply }> {
    const found = methodCalled(asMethod);
    const method = found?.name ?? asMethod;
    const chatId = chatIdOf(asked.payload);
    const fault = this.#faultFor(method, asked.payload, chatId, from.via);
    const call: Call = {
      at: Date.now(),
      method,
      payload: withUploads(asked),
      chatId,
      via: from.via,
      ...(from.ridOn !== undefined && { ridOn: from.ridOn }),
      ...(fault && { fault }),
      tookEffect: false,
      answered: undefined,
    };
    this.#log.calls.push(call);
    const counted = method !== 'getUpdates' && fault?.is !== 'timeout';
    if (counted) this.underWay += 1;
    const reply = await this.#reply(call, fault, () =>
      found ? found.act(this.#telegram, { asked, method, letGo: from.letGo }) : notFound(),
    );
    if (counted) this.underWay -= 1;
    call.answered = typeof reply === 'string' ? reply : reply.status;
    if (method !== 'getUpdates') this.#log.happened();
    return { call, reply };
  }

  async #reply(call: Call, fault: Fault | undefined, act: () => unknown): Promise<Reply> {
    if (!fault) return this.#answer(call, act);
    if (fault.is === 'slow') {
      const early = fault.accepted ? await this.#answer(call, act) : undefined;
      await sleep(fault.ms);
      return early ?? this.#answer(call, act);
    }
    if ('accepted' in fault && fault.accepted) {
      const true_ = await this.#answer(call, act);
      // What Telegram would have refused has taken no effect, whatever goes wrong on the way back.
      if (typeof true_ === 'string') return true_;
    }
    if (fault.is === 'timeout') return 'none';
    if (fault.is === 'reset') return 'reset';
    return faultyAnswer(fault);
  }

  async #answer(call: Call, act: () => unknown): Promise<Reply> {
    try {
      if (this.#telegram.loggedOut) throw loggedOut();
      const done = act();
      const result = done instanceof Promise ? await done : done;
      call.tookEffect = true;
      if (call.method === 'getUpdates') return updatesAnswer(result as Pending[]);
      call.result = result;
      return { status: 200, type: 'application/json', body: JSON.stringify({ ok: true, result }) };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      call.description = error.message;
      return refused(error);
    }
  }

  #faultFor(method: string, payload: Asked['payload'], chatId: number | undefined, via: Call['via']): Fault | undefined {
    const count = (key: string): number => {
      const nth = (this.#counts.get(key) ?? 0) + 1;
      this.#counts.set(key, nth);
      return nth;
    };
    return this.#faults?.({ method, payload, chatId, nth: count(method), nthInChat: count(`${method} ${chatId}`), via });
  }
}

/** A refusal as it goes over the wire. */
export function refused({ code, message, parameters }: Refusal): Answer {
  const body = JSON.stringify({ ok: false, error_code: code, description: message, ...(parameters && { parameters }) });
  return { status: code, type: 'application/json', body };
}

function notFound(): never {
  throw new Refusal(404, 'Not Found');
}

const comma = Buffer.from(',');

function updatesAnswer(updates: readonly Pending[]): Reply {
  const parts = updates.flatMap((pending, index) => (index === 0 ? [pending.body] : [comma, pending.body]));
  const body = Buffer.concat([Buffer.from('{"ok":true,"result":['), ...parts, Buffer.from(']}')]);
  return { status: 200, type: 'application/json', body, updates };
}

function chatIdOf(payload: Asked['payload']): number | undefined {
  const id = payload.chat_id;
  if (typeof id === 'number') return id;
  return typeof id === 'string' && /^-?\d+$/.test(id) ? Number(id) : undefined;
}

// Uploads stand in the log by name and size: their bytes are in the files.
function withUploads({ payload, uploads }: Asked): Asked['payload'] {
  if (uploads.length === 0) return payload;
  return { ...payload, ...Object.fromEntries(uploads.map(({ field, name, mime, bytes }) => [field, { name, mime, size: bytes.length }])) };
}
