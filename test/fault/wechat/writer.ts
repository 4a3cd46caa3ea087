import { randomBytes } from 'node:crypto';
import type { Account, Fields, Resident } from '../../wechat/account.ts';
import { draw, type Picture } from '../pictures.ts';
import { isQuestion } from './lists.ts';
import type { Watch } from './watch.ts';

/** One message, which must stand in the thread once with what it shows; events leave no line to be seen. */
export interface Said {
  id: string;
  shows: string | undefined;
  picture?: Picture;
}

/** A death and what it leaves behind; whoever still has no answer writes again. */
const ANSWERED_WITHIN_MS = 20_000;
const QUIET_MS = 60;

/** Somebody on WeChat whose every word but numbers and commands carries their tag: what they say is kept, to be looked for afterwards. */
export class Writer {
  readonly phone: Resident;
  readonly number: number;
  readonly tag: string;
  readonly said: Said[] = [];
  /** How often an answer that was waited for did not come. */
  unanswered = 0;
  readonly #watch: Watch;
  readonly #made: () => void;
  #words = 0;
  #pictures = 0;

  constructor({ account, watch, number, made }: { account: Account; watch: Watch; number: number; made: () => void }) {
    this.phone = account.user({ follows: false });
    this.number = number;
    this.tag = `T${number.toString(16).padStart(4, '0')}${randomBytes(3).toString('hex')}`;
    this.#watch = watch;
    this.#made = made;
  }

  /** Messages and events made so far. */
  get count(): number {
    return this.said.length;
  }

  follow(): void {
    const { FromUserName, CreateTime, Event, EventKey } = this.phone.follow() as Record<string, Fields[string]>;
    this.#keep({ id: `${FromUserName} ${CreateTime} ${Event} ${EventKey}`, shows: undefined });
  }

  /** A number, or the word for a button or a command. */
  type(words: string): void {
    this.#keep({ id: messageId(this.phone.say(words)), shows: words });
  }

  /** Words nobody said before; answers them. */
  say(text: string): string {
    this.#words += 1;
    const words = `${this.tag}-${this.#words} ${text}`;
    this.type(words);
    return words;
  }

  async send(): Promise<void> {
    this.#pictures += 1;
    const picture = { whose: this.number, nth: this.#pictures };
    const bytes = await draw(picture);
    this.#keep({ id: messageId(this.phone.image(bytes)), shows: '', picture });
  }

  /** Does something and waits until the account has answered it, with a question unless something else is looked `for`; answers what it said since. */
  async answered(act: () => unknown, lookedFor: (text: string) => boolean = isQuestion): Promise<string[]> {
    const before = this.phone.texts().length;
    const saidBefore = this.said.length;
    await act();
    const acted = this.said.slice(saidBefore).map(({ id }) => id);
    let seen = 0;
    let quietSince = 0;
    const held = await this.#watch.until((acknowledged) => {
      if (!acted.every((id) => acknowledged.has(id))) return false;
      const told = this.phone.texts().slice(before);
      if (told.length !== seen) {
        seen = told.length;
        quietSince = Date.now();
      }
      return told.some(lookedFor) && Date.now() - quietSince >= QUIET_MS;
    }, ANSWERED_WITHIN_MS);
    if (!held) this.unanswered += 1;
    return this.phone.texts().slice(before);
  }

  #keep(said: Said): void {
    this.said.push(said);
    this.#made();
  }
}

const messageId = (fields: Fields): string => String((fields as Record<string, Fields[string]>).MsgId);

export const happens = (chance: number): boolean => Math.random() < chance;
