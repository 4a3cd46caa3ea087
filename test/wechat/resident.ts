import type { Fields } from './fields.ts';
import type { MediaType } from './media-shelf.ts';
import { menuButtons } from './methods/menu.ts';
import { Reading } from './reading.ts';

const unsupported = '【收到不支持的消息类型，暂无法显示】';
const jpeg = Buffer.from('ffd8ffe000104a46494600010100000100010000ffd9', 'hex');

/**
 * Somebody with WeChat: every act makes the message or event that WeChat would push, pushes it and returns its fields.
 * Acts that no client allows (writing to an account that they do not follow, choosing what is not there) throw.
 */
export class Resident extends Reading {
  /** Follows the account, having found it, or through a code with a scene. */
  follow(scene?: string): Fields {
    if (this.follower.follows) throw new Error(`${this.openid} follows already; somebody new is account.user({ follows: false })`);
    const now = this.wechat.clock();
    this.follower.follows = true;
    this.follower.followedAt = now;
    this.follower.scene = scene ?? '';
    this.follower.act('follow', now);
    if (scene === undefined) return this.wechat.pushEvent(this.follower, 'subscribe', { EventKey: '' });
    const { ticket } = this.wechat.codes.ofScene(scene, now);
    return this.wechat.pushEvent(this.follower, 'subscribe', { EventKey: `qrscene_${scene}`, Ticket: ticket });
  }

  unfollow(): Fields {
    this.#present();
    this.follower.leave();
    return this.wechat.pushEvent(this.follower, 'unsubscribe', { EventKey: '' });
  }

  say(text: string): Fields {
    return this.#message('text', { Content: text });
  }

  image(bytes: Uint8Array = jpeg): Fields {
    const { id } = this.#keep('image', bytes);
    return this.#message('image', { PicUrl: `http://mmbiz.qpic.cn/mmbiz_jpg/${id}/0`, MediaId: id });
  }

  /** A voice message, with what WeChat heard in it where the account has that switched on. */
  voice({ bytes, format = 'amr', recognition }: { bytes?: Uint8Array; format?: string; recognition?: string } = {}): Fields {
    const { id } = this.#keep('voice', bytes ?? Buffer.from('#!AMR\n\x3c\x91\x17\x16', 'latin1'));
    return this.#message('voice', { MediaId: id, Format: format, ...(recognition !== undefined && { Recognition: recognition }) });
  }

  video(bytes?: Uint8Array): Fields {
    return this.#film('video', bytes);
  }

  shortVideo(bytes?: Uint8Array): Fields {
    return this.#film('shortvideo', bytes);
  }

  location(latitude = 31.2304, longitude = 121.4737, label = '上海市黄浦区人民大道200号', scale = 15): Fields {
    return this.#message('location', { Location_X: latitude, Location_Y: longitude, Scale: scale, Label: label });
  }

  link({ title, description = '', url }: { title: string; description?: string; url: string }): Fields {
    return this.#message('link', { Title: title, Description: description, Url: url });
  }

  file({ name, size = 1024 }: { name: string; size?: number }): Fields {
    const more = { FileKey: 'k'.repeat(32), FileMd5: 'd41d8cd98f00b204e9800998ecf8427e', FileTotalLen: size };
    return this.#message('file', { Title: name, Description: '', ...more });
  }

  /** A sticker, which WeChat passes on as words that say it can't. */
  sticker(): Fields {
    return this.say(unsupported);
  }

  /** A message of any type, with any fields. */
  unknown(type: string, fields: Fields = {}): Fields {
    return this.#message(type, fields);
  }

  /** Scans a code with a scene: whoever does not follow yet comes to follow. */
  scan(scene: string): Fields {
    if (!this.follower.follows) return this.follow(scene);
    const now = this.wechat.clock();
    this.follower.act('scan', now);
    return this.wechat.pushEvent(this.follower, 'SCAN', { EventKey: scene, Ticket: this.wechat.codes.ofScene(scene, now).ticket });
  }

  /** Presses a button of the account's menu that has this key, be it there or not: a client shows an old menu for a day. */
  click(key: string): Fields {
    this.#present();
    this.follower.act('menu', this.wechat.clock());
    return this.wechat.pushEvent(this.follower, 'CLICK', { EventKey: key });
  }

  /** Presses a link of the account's menu; that opens no window. */
  view(url: string): Fields {
    this.#present();
    return this.wechat.pushEvent(this.follower, 'VIEW', { EventKey: url, MenuId: 464_312_105 });
  }

  /** Presses what their client shows on the account's menu under this name. */
  press(name: string): Fields {
    const button = menuButtons(this.wechat.menu).find((one) => one.name === name);
    if (!button) throw new Error(`No «${name}» on the menu: ${this.menu().join(', ')}`);
    return button.type === 'view' ? this.view(button.url ?? '') : this.click(button.key ?? '');
  }

  /** Their phone tells where they are, as it does on entering the chat. */
  reportLocation(latitude = 31.2304, longitude = 121.4737): Fields {
    this.#present();
    return this.wechat.pushEvent(this.follower, 'LOCATION', { Latitude: latitude, Longitude: longitude, Precision: 40 });
  }

  /** Taps an item of a menu message: words with its id, though for the window it is a menu click. */
  tapMenu(id: string, label: string): Fields {
    this.#present();
    this.follower.act('menu', this.wechat.clock());
    return this.wechat.pushMessage(this.follower, 'text', { Content: label, bizmsgmenuid: id });
  }

  /** Taps the item that the newest menu message with this label shows. */
  choose(label: string): Fields {
    const item = this.menuMessages()
      .toReversed()
      .flatMap(({ menu }) => menu)
      .find(({ content }) => content === label);
    if (!item) throw new Error(`No «${label}» to choose; they see ${JSON.stringify(this.texts().slice(-3))}`);
    return this.tapMenu(item.id, item.content);
  }

  /** Agrees to one notice of a template. */
  agreeToNotice(templateId: string): Fields {
    this.#present();
    this.follower.consents.set(templateId, (this.follower.consents.get(templateId) ?? 0) + 1);
    const list = [{ TemplateId: templateId, SubscribeStatusString: 'accept', PopupScene: '2' }];
    return this.wechat.pushEvent(this.follower, 'subscribe_msg_popup_event', { SubscribeMsgPopupEvent: { List: list } });
  }

  /** Pushes anything in their name: fields (the envelope is filled in where it is missing), or a text as it stands. */
  push(raw: Fields | string): void {
    if (typeof raw !== 'string') this.wechat.push(this.follower, raw);
    else this.wechat.pushPlain(this.follower, raw, { id: `raw ${raw.slice(0, 40)}`, kind: 'raw' });
  }

  /** The account puts them on its blacklist, or takes them off. */
  set blacklisted(yes: boolean) {
    this.follower.blacklisted = yes;
  }

  /** They switch template messages off, or on. */
  set refusesTemplates(yes: boolean) {
    this.follower.refusesTemplates = yes;
  }

  #film(type: 'video' | 'shortvideo', bytes: Uint8Array = Buffer.from('\0\0\0\x18ftypmp42', 'latin1')): Fields {
    return this.#message(type, { MediaId: this.#keep('video', bytes).id, ThumbMediaId: this.#keep('thumb', jpeg).id });
  }

  #keep(type: MediaType, bytes: Uint8Array) {
    return this.wechat.media.keep(type, bytes, this.wechat.clock());
  }

  #message(type: string, fields: Fields): Fields {
    this.#present();
    this.follower.act('message', this.wechat.clock());
    return this.wechat.pushMessage(this.follower, type, fields);
  }

  #present(): void {
    if (!this.follower.follows) throw new Error(`${this.openid} does not follow the account`);
  }
}
