import { type WeChatApi, WeChatError, weChatApi } from './api.ts';
import { meaningOf } from './errcode.ts';
import type { NoticeTemplate } from './notice.ts';

/** What WeChat thinks of the account: whether it lets us in, and what it lets us do. */
export type Standing =
  | {
      is: 'known';
      /** Addresses WeChat calls from: what a firewall has to let through. */
      callers: number;
      /** Whether the menu stands: only with it are the doors one tap away. */
      menu: 'stands' | 'none' | 'no-right';
      /** Customer-service messages: without that right answers go out only when a resident writes. */
      answers: { is: 'allowed'; used: number; daily: number } | { is: 'no-right' };
      /** Whether the account has the template that is set; absent where none is. */
      notice?: 'there' | 'none' | 'no-right';
    }
  | { is: 'refused'; errcode: number; means: string }
  | { is: 'unreachable' };

const ANSWERS = '/cgi-bin/message/custom/send';

/** Asks WeChat; for `doctor`, whether the desk runs or not. */
export async function standingOf({
  appId,
  appSecret,
  apiRoot,
  notice,
}: {
  appId: string;
  appSecret: string;
  apiRoot: string;
  notice?: NoticeTemplate | undefined;
}): Promise<Standing> {
  const api = weChatApi({ appId, secret: appSecret, root: apiRoot }, Date.now);
  try {
    const { ip_list } = await api.call('/cgi-bin/getcallbackip');
    return {
      is: 'known',
      callers: Array.isArray(ip_list) ? ip_list.length : 0,
      menu: await menuOf(api),
      answers: await answersOf(api),
      ...(notice && { notice: await noticeOf(api, notice) }),
    };
  } catch (error) {
    if (!(error instanceof WeChatError)) return { is: 'unreachable' };
    return { is: 'refused', errcode: error.errcode, means: meaningOf(error.errcode).means };
  }
}

async function menuOf(api: WeChatApi): Promise<'stands' | 'none' | 'no-right'> {
  const { is_menu_open } = await api.call('/cgi-bin/get_current_selfmenu_info').catch(withoutRight);
  if (is_menu_open === undefined) return 'no-right';
  return is_menu_open === 1 ? 'stands' : 'none';
}

async function answersOf(api: WeChatApi) {
  const { quota } = await api.call('/cgi-bin/openapi/quota/get', { cgi_path: ANSWERS }).catch(withoutRight);
  if (typeof quota !== 'object' || quota === null) return { is: 'no-right' } as const;
  const count = (name: string) => (name in quota ? Number(Object.entries(quota).find(([key]) => key === name)?.[1]) : 0);
  return { is: 'allowed', used: count('used'), daily: count('daily_limit') } as const;
}

async function noticeOf(api: WeChatApi, { template }: NoticeTemplate): Promise<'there' | 'none' | 'no-right'> {
  const { template_list } = await api.call('/cgi-bin/template/get_all_private_template').catch(withoutRight);
  if (!Array.isArray(template_list)) return 'no-right';
  return template_list.some((one) => one?.template_id === template) ? 'there' : 'none';
}

/** No right is an answer too; anything else is a failure. */
function withoutRight(error: unknown): Record<string, unknown> {
  if (error instanceof WeChatError && meaningOf(error.errcode).cure === 'off') return {};
  throw error;
}
