import type { Outbound } from '../../domain/message.ts';
import type { DeskForChannel, Note } from '../channel.ts';
import { type WeChatApi, WeChatError } from './api.ts';
import { type Cure, meaningOf } from './errcode.ts';

/** A template of the account's (模板消息), and which of its fields are filled in; each holds 20 characters. */
export interface NoticeTemplate {
  template: string;
  fields: readonly string[];
}

/** The next call would be refused like this one: all that differs between two is whom it goes to. */
const STAYS: readonly Cure[] = ['off', 'operator', 'refused'];

/** Tells residents outside the window that something waits for them, and nothing of what it says. */
export interface Notices {
  /** Once to each, until they write: what is said after it is held without asking. Never throws. */
  give(outbound: Pick<Outbound, 'address' | 'locale'>): Promise<void>;
  heard(openid: string): void;
}

export function createNotices({
  words,
  api,
  note,
  notice,
}: {
  words: DeskForChannel['words'];
  api: Pick<WeChatApi, 'call'>;
  note: Note;
  notice: NoticeTemplate | undefined;
}): Notices {
  const told = new Set<string>();
  let works = notice !== undefined;

  const failed = (error: unknown, openid: string): void => {
    const errcode = error instanceof WeChatError ? error.errcode : undefined;
    const { cure, means } = errcode === undefined ? { cure: 'again' as const, means: 'unreachable' } : meaningOf(errcode);
    // Whoever can't be reached is not tried again before they write.
    if (cure === 'unreachable') return;
    told.delete(openid);
    // Of several under way at once the first says it.
    if (!works) return;
    works = !STAYS.includes(cure);
    note(works ? 'wechat: a resident was not told that a message waits' : 'wechat: no resident is told any more that a message waits', {
      why: means,
      ...(errcode !== undefined && { errcode }),
    });
  };

  return {
    async give({ address, locale }) {
      if (!notice || !works || told.has(address)) return;
      told.add(address);
      const value = words('wechat:notice', locale);
      try {
        await api.call('/cgi-bin/message/template/send', {
          touser: address,
          template_id: notice.template,
          data: Object.fromEntries(notice.fields.map((field) => [field, { value }])),
        });
      } catch (error) {
        failed(error, address);
      }
    },
    heard: (openid) => void told.delete(openid),
  };
}
