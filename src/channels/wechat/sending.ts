import type { Outbound, SendOutcome } from '../../domain/message.ts';
import type { DeskForChannel, Note } from '../channel.ts';
import { Unreadable, type WeChatApi, WeChatError } from './api.ts';
import { type Cure, meaningOf } from './errcode.ts';
import { parts } from './layout.ts';
import type { Notices } from './notice.ts';
import type { Taken, Windows } from './window.ts';

/** Waits before a call is made again, by what WeChat said. */
const AGAIN_MS = 2_000;
const BACK_OFF_MS = 60_000;
const OPERATOR_MS = 5 * 60_000;
/** Never sent, whoever asks: the connection was not there to send over. */
const NOT_CONNECTED = /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT)$/;

/** Says things by customer-service messages (developers.weixin.qq.com, 客服消息), within the window. */
export interface Sending {
  send(outbound: Outbound): Promise<SendOutcome>;
  /** The resident wrote or tapped: the next notice tells of what comes after. */
  heard(openid: string): void;
}

export function createSending({
  desk,
  api,
  windows,
  notices,
  note,
}: {
  desk: DeskForChannel;
  api: WeChatApi;
  windows: Windows;
  notices: Notices;
  note: Note;
}): Sending {
  const warned = new Set<number>();
  /** Residents who were told that something waits and have not come to see it: one notice stands for all of it. */
  const noticed = new Set<string>();

  const outcomeOf = (error: unknown, { attempts }: Outbound, taken: Taken): SendOutcome => {
    if (error instanceof WeChatError) return byErrcode(error.errcode, attempts, taken);
    const code = codeOf(error);
    if (NOT_CONNECTED.test(code)) return { is: 'later', at: desk.now() + waited(AGAIN_MS, attempts), reason: code };
    return { is: 'unknown', reason: code };
  };

  const byErrcode = (errcode: number, attempts: number, taken: Taken): SendOutcome => {
    const { cure, means } = meaningOf(errcode);
    if (!warned.has(errcode)) note(`wechat: ${means}`, { errcode });
    // What stays so is said once; what comes and goes each time.
    if (cure === 'off' || cure === 'operator') warned.add(errcode);
    const reason = reasons[cure];
    switch (cure) {
      case 'hold':
        taken.refused();
        return { is: 'held', reason };
      case 'off':
        return { is: 'held', reason };
      case 'unreachable':
        return { is: 'blocked', reason };
      case 'refused':
        return { is: 'refused', reason: means };
      case 'again':
        return { is: 'later', at: desk.now() + waited(AGAIN_MS, attempts), reason };
      case 'back-off':
        return { is: 'later', at: desk.now() + waited(BACK_OFF_MS, attempts), reason };
      case 'new-token':
      case 'operator':
        return { is: 'later', at: desk.now() + OPERATOR_MS, reason };
    }
  };

  const tell = async (outbound: Outbound): Promise<SendOutcome> => {
    const { address, id, veiled } = outbound;
    if (veiled && noticed.has(address)) return { is: 'sent', confirmed: false };
    const all = veiled ? [desk.words('wechat:veil', outbound.locale)] : parts(outbound, desk.words);
    for (const [part, content] of all.entries()) {
      if (outbound.partsSent.includes(part)) continue;
      const taken = windows.take(address);
      if (taken.is === 'shut') return { is: 'held', reason: 'window-shut' };
      try {
        await api.call('/cgi-bin/message/custom/send', { touser: address, msgtype: 'text', text: { content } });
      } catch (error) {
        return outcomeOf(error, outbound, taken);
      }
      if (all.length > 1) await desk.settle([{ outbound: id, part, outcome: { is: 'sent', confirmed: true } }]);
    }
    if (veiled) noticed.add(address);
    return { is: 'sent', confirmed: !veiled };
  };

  return {
    async send(outbound) {
      const outcome = await tell(outbound);
      if (outcome.is === 'held') void notices.give(outbound);
      return outcome;
    },
    heard(openid) {
      noticed.delete(openid);
      notices.heard(openid);
    },
  };
}

/** As officers are told; each has its words in the console. */
const reasons: Readonly<Record<Cure, string>> = {
  hold: 'window-shut',
  off: 'no-right',
  unreachable: 'not-following',
  refused: 'refused',
  again: 'busy',
  'back-off': 'told-to-wait',
  'new-token': 'token',
  operator: 'operator',
};

const waited = (ms: number, attempts: number): number => Math.min(ms * 2 ** Math.min(Math.max(attempts - 1, 0), 6), 15 * 60_000);

/** A short name of what went wrong; never what was being said. */
function codeOf(error: unknown): string {
  if (error instanceof Unreadable) return `status ${error.status}`;
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') return error.code;
  return error instanceof Error ? error.name : 'failed';
}
