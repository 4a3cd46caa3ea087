import type { Follower } from './follower.ts';
import type { MenuItem, Told } from './log.ts';
import { menuButtons } from './methods/menu.ts';
import type { Wechat } from './wechat.ts';

/** What a resident sees of the account on their phone. */
export class Reading {
  protected readonly wechat: Wechat;
  protected readonly follower: Follower;

  constructor(wechat: Wechat, follower: Follower) {
    this.wechat = wechat;
    this.follower = follower;
  }

  get openid(): string {
    return this.follower.openid;
  }

  get follows(): boolean {
    return this.follower.follows;
  }

  /** Everything they were sent, in the order in which they saw it; `via` tells where it came from. */
  messages(): readonly Told[] {
    return [...this.follower.seen];
  }

  /** The words of it: what has none is left out, a menu's lines stand one under the other. */
  texts(): string[] {
    return this.follower.seen.filter(({ text }) => text !== '').map(({ text }) => text);
  }

  last(): Told | undefined {
    return this.follower.seen.at(-1);
  }

  /** What of it can be tapped: menu messages, and texts with links that do the same. */
  menuMessages(): readonly (Told & { readonly menu: readonly MenuItem[] })[] {
    return this.follower.seen.flatMap((told) => (told.menu ? [{ ...told, menu: told.menu }] : []));
  }

  /** The names on the account's menu, as their client shows it. */
  menu(): string[] {
    return menuButtons(this.wechat.menu).map(({ name }) => name);
  }

  /** Whether their client shows that the account is typing. */
  seesTyping(): boolean {
    return this.wechat.clock() < this.follower.typingUntil;
  }

  /** How many customer-service messages they can still be sent; undefined where the time is over. */
  allowance(): number | undefined {
    return this.follower.allowance.left(this.wechat.clock());
  }
}
