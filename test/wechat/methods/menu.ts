import { isObject, type Payload, stringAt } from '../asked.ts';
import { Refusal } from '../refusal.ts';
import type { Method } from './method.ts';

/** One button of a menu; it opens others, or does something. */
export interface Button {
  readonly name: string;
  readonly type?: string;
  readonly key?: string;
  readonly url?: string;
  readonly sub_button: readonly Button[];
}

/** The account's menu (自定义菜单). */
export type Menu = readonly Button[];

/** The buttons that do something, in the order shown. */
export const menuButtons = (menu: Menu | undefined): Button[] =>
  (menu ?? []).flatMap((button) => (button.sub_button.length > 0 ? button.sub_button : [button]));

/** Making, reading and taking away the account's menu. */
export const menu: Readonly<Record<string, Method>> = {
  'menu/create': {
    verb: 'POST',
    needsToken: true,
    act(wechat, { payload }) {
      const buttons: unknown = payload.button;
      if (!Array.isArray(buttons) || buttons.length < 1 || buttons.length > 3) throw new Refusal(40016);
      wechat.menu = buttons.map((button: unknown) => buttonIn(button, top));
      return {};
    },
  },
  'menu/get': {
    verb: 'GET',
    needsToken: true,
    bare: true,
    act(wechat) {
      if (!wechat.menu) throw new Refusal(46003);
      return { menu: { button: wechat.menu } };
    },
  },
  'menu/delete': {
    verb: 'GET',
    needsToken: true,
    act(wechat) {
      wechat.menu = undefined;
      return {};
    },
  },
  get_current_selfmenu_info: {
    verb: 'GET',
    needsToken: true,
    bare: true,
    act(wechat) {
      if (!wechat.menu) return { is_menu_open: 0, selfmenu_info: { button: [] } };
      const button = wechat.menu.map(({ sub_button, ...plain }) =>
        sub_button.length > 0 ? { name: plain.name, sub_button: { list: sub_button } } : plain,
      );
      return { is_menu_open: 1, selfmenu_info: { button } };
    },
  },
};

/** What a level may hold, in bytes, and the codes of what is too much. */
interface Level {
  readonly nameBytes: number;
  readonly name: number;
  readonly type: number;
  readonly key: number;
  readonly url: number;
}

const top: Level = { nameBytes: 16, name: 40018, type: 40017, key: 40019, url: 40020 };
const below: Level = { nameBytes: 60, name: 40025, type: 40024, key: 40026, url: 40027 };
const pushing = ['click', 'scancode_push', 'scancode_waitmsg', 'pic_sysphoto', 'pic_photo_or_album', 'pic_weixin', 'location_select'];

function buttonIn(given: unknown, level: Level): Button {
  if (!isObject(given)) throw new Refusal(47001);
  const name = stringAt(given, 'name');
  if (name === '' || Buffer.byteLength(name) > level.nameBytes) throw new Refusal(level.name);
  const subs: unknown = given.sub_button;
  if (Array.isArray(subs) && subs.length > 0) {
    if (level === below || subs.length > 5) throw new Refusal(40023);
    return { name, sub_button: subs.map((one: unknown) => buttonIn(one, below)) };
  }
  return { ...leafIn(given, level), name, sub_button: [] };
}

function leafIn(given: Payload, level: Level): { type: string; key?: string; url?: string } {
  const [type, key, url] = [stringAt(given, 'type'), stringAt(given, 'key'), stringAt(given, 'url')];
  if (type === 'view') {
    if (!/^https?:\/\//.test(url) || Buffer.byteLength(url) > 1024) throw new Refusal(level.url);
    return { type, url };
  }
  if (!pushing.includes(type)) throw new Refusal(level.type);
  if (key === '' || Buffer.byteLength(key) > 128) throw new Refusal(level.key);
  return { type, key };
}
