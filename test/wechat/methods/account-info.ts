import { isObject, stringAt } from '../asked.ts';
import { Refusal } from '../refusal.ts';
import { followerOrRefuse, type Method } from './method.ts';

const longestScene = 64;
const longestSeconds = 2_592_000;

/** Everything else: codes, addresses, people and what is left of the day's calls. */
export const accountInfo: Readonly<Record<string, Method>> = {
  'qrcode/create': {
    verb: 'POST',
    needsToken: true,
    bare: true,
    act(wechat, { payload }) {
      const action = stringAt(payload, 'action_name');
      if (!['QR_SCENE', 'QR_STR_SCENE', 'QR_LIMIT_SCENE', 'QR_LIMIT_STR_SCENE'].includes(action)) throw new Refusal(40035);
      const info = isObject(payload.action_info) ? payload.action_info.scene : undefined;
      const scene = action.includes('STR') ? stringAt(info, 'scene_str') : sceneNumber(info, action === 'QR_LIMIT_SCENE');
      if (scene === '' || scene.length > longestScene) throw new Refusal(40035);
      if (action.includes('LIMIT')) {
        const { ticket, url } = wechat.codes.add(scene, Number.POSITIVE_INFINITY);
        return { ticket, url };
      }
      const seconds = Math.min(typeof payload.expire_seconds === 'number' ? payload.expire_seconds : 60, longestSeconds);
      const { ticket, url } = wechat.codes.add(scene, wechat.clock() + seconds * 1000);
      return { ticket, expire_seconds: seconds, url };
    },
  },
  getcallbackip: { verb: 'GET', needsToken: true, bare: true, act: () => ({ ip_list: ['127.0.0.1', '101.226.103.0/25'] }) },
  get_api_domain_ip: { verb: 'GET', needsToken: true, bare: true, act: () => ({ ip_list: ['127.0.0.1', '101.89.47.18'] }) },
  'user/info': {
    verb: 'GET',
    needsToken: true,
    bare: true,
    act(wechat, { query }) {
      const { openid, follows, followedAt, language, scene } = followerOrRefuse(wechat, query.get('openid') ?? '');
      if (!follows) return { subscribe: 0, openid, tagid_list: [] };
      return {
        subscribe: 1,
        openid,
        language,
        subscribe_time: Math.floor(followedAt / 1000),
        remark: '',
        groupid: 0,
        tagid_list: [],
        subscribe_scene: scene === '' ? 'ADD_SCENE_SEARCH' : 'ADD_SCENE_QR_CODE',
        qr_scene: /^\d+$/.test(scene) ? Number(scene) : 0,
        qr_scene_str: /^\d+$/.test(scene) ? '' : scene,
      };
    },
  },
  'openapi/quota/get': {
    verb: 'POST',
    needsToken: true,
    act(wechat, { payload }) {
      const path = /^\/cgi-bin\/(.+)$/.exec(stringAt(payload, 'cgi_path'))?.[1];
      if (path === undefined) throw new Refusal(76021);
      return { quota: wechat.quota.of(path, wechat.clock()) };
    },
  },
  clear_quota: {
    verb: 'POST',
    needsToken: true,
    act(wechat, { payload }) {
      if (stringAt(payload, 'appid') !== wechat.agreement.appId) throw new Refusal(40013);
      wechat.quota.clear(wechat.clock());
      return {};
    },
  },
};

function sceneNumber(info: unknown, lasting: boolean): string {
  const id = isObject(info) ? info.scene_id : undefined;
  const most = lasting ? 100_000 : 0xffff_ffff;
  return typeof id === 'number' && Number.isInteger(id) && id > 0 && id <= most ? String(id) : '';
}
