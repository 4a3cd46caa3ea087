import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Asked, stringAt } from './asked.ts';
import { messageOf } from './errcodes.ts';
import type { Fault, FaultHook } from './faults.ts';
import type { Call, Log } from './log.ts';
import { Download, type Method } from './methods/method.ts';
import { methodAt } from './methods/methods.ts';
import { Refusal } from './refusal.ts';
import type { Wechat } from './wechat.ts';

/** What goes back over the wire: an answer, silence, or a cut. */
export type Reply = Answer | 'none' | 'reset';
export interface Answer {
  readonly status: number;
  readonly type: string;
  readonly body: string | Buffer;
  readonly name?: string;
}

/** Executes calls, one way for all of them, and writes each down. */
export class Calls {
  /** Calls under way that will end by themselves. */
  underWay = 0;
  readonly #wechat: Wechat;
  readonly #log: Log;
  readonly #counts = new Map<string, number>();
  #faults: FaultHook | undefined;

  constructor(wechat: Wechat, log: Log) {
    this.#wechat = wechat;
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

  async take(path: string, verb: string, asked: Asked): Promise<{ call: Call; reply: Reply }> {
    const openid = stringAt(asked.payload, 'touser') || asked.query.get('openid') || undefined;
    const fault = this.#faultFor(path, asked, openid);
    const call: Call = {
      at: this.#wechat.clock(),
      path,
      payload: asked.payload,
      rawBody: asked.rawBody,
      escaped: /\\u(?!00[0-7])[0-9a-f]{4}/i.test(asked.rawBody),
      openid,
      ...(fault !== undefined && { fault }),
      tookEffect: false,
      errcode: undefined,
      answered: undefined,
    };
    this.#log.calls.push(call);
    this.underWay += 1;
    const reply = await this.#reply(call, fault, () => this.#act(path, verb, asked));
    this.underWay -= 1;
    call.answered = typeof reply === 'string' ? reply : reply.status;
    this.#log.happened();
    return { call, reply };
  }

  #act(path: string, verb: string, asked: Asked): { method: Method; result: object } {
    const wechat = this.#wechat;
    const now = wechat.clock();
    const method = methodAt(path);
    if (!method) throw new Refusal(40066);
    if (method.verb !== verb) throw new Refusal(method.verb === 'GET' ? 43001 : 43002);
    if (method.needsToken) wechat.tokens.check(asked.query.get('access_token'), now);
    if (wechat.withheld.has(path)) throw new Refusal(48001);
    if (verb === 'POST' && asked.rawBody === '') throw new Refusal(44002);
    if (asked.unreadable) throw asked.unreadable;
    if (path !== 'clear_quota') wechat.quota.count(path, now);
    return { method, result: method.act(wechat, asked) };
  }

  async #reply(call: Call, fault: Fault | undefined, act: () => { method: Method; result: object }): Promise<Reply> {
    if (typeof fault === 'number') return refused(call, fault, messageOf(fault));
    if (fault === undefined) return answered(call, act);
    if (fault.is === 'slow') {
      await sleep(fault.ms);
      return answered(call, act);
    }
    if (fault.accepted) {
      answered(call, act);
      // What WeChat would have refused has taken no effect; on the way back its code is lost all the same.
      call.errcode = undefined;
    }
    if (fault.is === 'timeout') return 'none';
    if (fault.is === 'reset') return 'reset';
    const page = (title: string) => `<html>\r\n<head><title>${title}</title></head>\r\n<body><h1>${title}</h1></body>\r\n</html>\r\n`;
    if (fault.is === 'garbage') return { status: 200, type: 'text/html', body: page('Welcome to nginx!') };
    return { status: 500, type: 'text/html', body: page('500 Internal Server Error') };
  }

  #faultFor(path: string, { payload }: Asked, openid: string | undefined): Fault | undefined {
    const count = (key: string): number => {
      const nth = (this.#counts.get(key) ?? 0) + 1;
      this.#counts.set(key, nth);
      return nth;
    };
    return this.#faults?.({ path, payload, openid, nth: count(path), nthToUser: count(`${path} ${openid}`) });
  }
}

function answered(call: Call, act: () => { method: Method; result: object }): Answer {
  try {
    const { method, result } = act();
    call.tookEffect = true;
    if (result instanceof Download) return { status: 200, type: result.mime, body: result.bytes, name: result.name };
    call.errcode = 0;
    return json(method.bare ? result : { errcode: 0, errmsg: 'ok', ...result }, method.type);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return refused(call, error.code, error.message);
  }
}

function refused(call: Call, code: number, message: string): Answer {
  call.errcode = code;
  const rid = [4, 4, 4].map((bytes) => randomBytes(bytes).toString('hex')).join('-');
  return json({ errcode: code, errmsg: `${message} rid: ${rid}` });
}

const json = (body: object, type = 'application/json; encoding=utf-8'): Answer => ({ status: 200, type, body: JSON.stringify(body) });
