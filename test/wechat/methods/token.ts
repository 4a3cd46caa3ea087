import { stringAt } from '../asked.ts';
import { Refusal } from '../refusal.ts';
import type { Wechat } from '../wechat.ts';
import type { Method } from './method.ts';

/** The two ways to a token. */
export const token: Readonly<Record<string, Method>> = {
  stable_token: {
    verb: 'POST',
    needsToken: false,
    bare: true,
    act(wechat, { payload }) {
      checkCaller(wechat, (name) => stringAt(payload, name));
      const { value, expiresIn } = wechat.tokens.stable(wechat.clock(), payload.force_refresh === true);
      return { access_token: value, expires_in: expiresIn };
    },
  },
  token: {
    verb: 'GET',
    needsToken: false,
    bare: true,
    act(wechat, { query }) {
      checkCaller(wechat, (name) => query.get(name) ?? '');
      const { value, expiresIn } = wechat.tokens.ordinary(wechat.clock());
      return { access_token: value, expires_in: expiresIn };
    },
  },
};

function checkCaller(wechat: Wechat, asked: (name: string) => string): void {
  if (asked('grant_type') !== 'client_credential') throw new Refusal(40002);
  if (asked('appid') === '') throw new Refusal(41002);
  if (asked('secret') === '') throw new Refusal(41004);
  if (asked('appid') !== wechat.agreement.appId) throw new Refusal(40013);
  if (asked('secret') !== wechat.secret) throw new Refusal(40125);
  if (!wechat.ipListed) throw new Refusal(40164);
}
