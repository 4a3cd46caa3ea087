import { tapToText } from '../../domain/tap.ts';
import type { DeskForChannel } from '../channel.ts';
import type { WeChatApi } from './api.ts';

/** The doors, as the account's menu has room for them: three, the last opening into more (developers.weixin.qq.com, 自定义菜单). */
export async function createMenu(api: WeChatApi, words: DeskForChannel['words'], locale: string): Promise<void> {
  const door = (name: string) => ({
    type: 'click',
    name: words(`wechat:menu.${name}`, locale),
    key: tapToText({ on: 'home', door: name }),
  });
  const language = (other: string) => ({
    type: 'click',
    name: words('desk:language.name', other),
    key: tapToText({ on: 'language', locale: other }),
  });
  await api.call('/cgi-bin/menu/create', {
    button: [
      door('report'),
      door('help'),
      {
        name: words('wechat:menu.more', locale),
        sub_button: [door('mine'), door('rate'), door('human'), language('en'), language('zh-CN')],
      },
    ],
  });
}
