import { weChatApi } from './api.ts';

/** Longest scene of a code that stays good (developers.weixin.qq.com, 生成带参数的二维码). */
export const SCENE = /^[\w-]{1,64}$/;

/** What a QR code holds that leads to the account and says where it was scanned: a code of a counter, a notebook, a poster, good for ever. */
export async function codeFor(
  scene: string,
  { appId, appSecret, apiRoot }: { appId: string; appSecret: string; apiRoot: string },
): Promise<string> {
  const api = weChatApi({ appId, secret: appSecret, root: apiRoot }, Date.now);
  const asked = { action_name: 'QR_LIMIT_STR_SCENE', action_info: { scene: { scene_str: scene } } };
  const { url } = await api.call('/cgi-bin/qrcode/create', asked);
  if (typeof url !== 'string' || url === '') throw new Error('no-code');
  return url;
}
