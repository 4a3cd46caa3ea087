import { meaningOf } from '../../channels/wechat/errcode.ts';
import { type Standing, standingOf } from '../../channels/wechat/standing.ts';
import type { Config } from '../../config.ts';
import { broken, type Finding, fine, soon } from './finding.ts';

/** Of the day's customer-service messages: above this share, some evening they will not be enough. */
const MUCH_OF_THE_DAY = 0.8;
/** Why WeChat lets nobody in that the operator can set right, by its errcode. */
const TO_SET_RIGHT: Readonly<Record<number, string>> = {
  40164: 'wechatNotListed',
  61004: 'wechatNotListed',
  40013: 'wechatAppId',
  40125: 'wechatSecret',
  // Where a token is asked for it is the secret that is not valid (developers.weixin.qq.com, 获取接口调用凭据).
  40001: 'wechatSecret',
};

type Known = Extract<Standing, { is: 'known' }>;
type WeChat = NonNullable<Config['wechat']>;

/** What WeChat thinks of the account, and whether it is set so that messages can come; nothing where there is no account. */
export async function lookAtWeChat({ wechat, publicUrl }: Pick<Config, 'wechat' | 'publicUrl'>): Promise<Finding[]> {
  if (!wechat) return [];
  return [...account(await standingOf(wechat), wechat), mode(wechat), address(publicUrl)];
}

function account(standing: Standing, { appId, apiRoot }: WeChat): Finding[] {
  switch (standing.is) {
    case 'unreachable':
      return [broken('wechatUnreachable', { origin: new URL(apiRoot).origin })];
    case 'refused':
      return [refused(standing.errcode, appId)];
    case 'known':
      return [
        fine('wechatIn', { appId }),
        fine('wechatCallers', { count: standing.callers }),
        menu(standing),
        answers(standing),
        ...notice(standing),
      ];
  }
}

function refused(errcode: number, appId: string): Finding {
  const known = TO_SET_RIGHT[errcode];
  if (known !== undefined) return broken(known, { errcode, appId });
  const passes = ['again', 'back-off'].includes(meaningOf(errcode).cure);
  return passes ? soon('wechatBusy', { errcode }) : broken('wechatRefuses', { errcode });
}

function menu({ menu: standing }: Known): Finding {
  if (standing === 'stands') return fine('wechatMenu');
  return soon(standing === 'none' ? 'wechatNoMenu' : 'wechatMenuNoRight');
}

/** Without customer-service messages nothing reaches a resident but what rides in the response to their own words. */
function answers({ answers: allowed }: Known): Finding {
  if (allowed.is === 'no-right' || allowed.daily === 0) return broken('wechatNoAnswers');
  const { used, daily } = allowed;
  if (used >= daily) return broken('wechatAnswersUsedUp', { used, daily });
  return used > daily * MUCH_OF_THE_DAY ? soon('wechatManyAnswers', { used, daily }) : fine('wechatAnswers', { used, daily });
}

function notice({ notice: standing }: Known): Finding[] {
  if (standing === undefined) return [];
  if (standing === 'there') return [fine('wechatNotice')];
  return [soon(standing === 'none' ? 'wechatNoNotice' : 'wechatNoticeNoRight')];
}

function mode({ encodingAesKey, previousEncodingAesKey }: WeChat): Finding {
  if (encodingAesKey === undefined) return soon('wechatPlain');
  return fine(previousEncodingAesKey === undefined ? 'wechatSecure' : 'wechatTwoKeys');
}

/** Where WeChat is to send messages: https on its own port, or http on port 80, and nowhere else. */
function address(publicUrl: string | undefined): Finding {
  if (publicUrl === undefined) return soon('wechatNoAddress');
  const url = `${publicUrl}/wechat/webhook`;
  const { protocol, port } = new URL(publicUrl);
  if (port !== '') return soon('wechatPort', { url });
  return protocol === 'https:' ? fine('wechatAddress', { url }) : soon('wechatHttp', { url });
}
