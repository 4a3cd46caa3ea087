import { randomBytes } from 'node:crypto';
import type { Update } from 'grammy/types';
import { type BotApi, contentOf, type Resident } from '../../telegram/bot-api.ts';
import type { Seen } from '../../telegram/seen.ts';
import { draw, type Picture } from '../pictures.ts';
import type { Watch } from './watch.ts';

/** One line that must stand in the thread, once: an update, or the updates of an album, and what it shows. */
export interface Said {
  updates: readonly number[];
  /** Undefined: it leaves no line to be seen, such as /start. */
  shows: string | typeof ANY_LABEL | undefined;
  pictures: readonly Picture[];
}

/** A tap shows by the words of its button, whichever of them it is known by. */
export const ANY_LABEL = Symbol('any label');

/** A death, and a minute for what it leaves in the hands of nobody. */
const ANSWERED_WITHIN_MS = 75_000;
const QUIET_MS = 60;

/** Somebody on Telegram whose every word carries their tag: what they say is kept, to be looked for afterwards. */
export class Chatter {
  readonly phone: Resident;
  readonly number: number;
  readonly tag: string;
  readonly said: Said[] = [];
  /** Updates made by their edits, which change a line and add none. */
  edits = 0;
  /** How often an answer that was waited for did not come. */
  unanswered = 0;
  readonly #watch: Watch;
  readonly #made: (count: number) => void;
  #words = 0;
  #pictures = 0;

  constructor({ double, watch, number, made }: { double: BotApi; watch: Watch; number: number; made: (count: number) => void }) {
    this.phone = double.user({ languageCode: number % 5 === 0 ? 'en' : 'zh-hans' });
    this.number = number;
    this.tag = `T${number.toString(16).padStart(4, '0')}${randomBytes(3).toString('hex')}`;
    this.#watch = watch;
    this.#made = made;
  }

  /** Updates made so far. */
  get count(): number {
    return this.said.reduce((sum, { updates }) => sum + updates.length, this.edits);
  }

  start(): void {
    this.#keep([this.phone.start()], undefined);
  }

  /** A command of the bot's menu. */
  command(name: 'report' | 'ask'): void {
    this.#keep([this.phone.command(name)], undefined);
  }

  /** Whether the phone shows a button that carries this. */
  shows(tap: string): boolean {
    return this.phone.messages().some(offers(tap));
  }

  /** Words nobody said before; answers them with the message's own id. */
  say(text: string, quote?: number): { words: string; message: number } {
    const words = this.words(text);
    const update = this.phone.say(words, quote === undefined ? {} : { quote });
    this.#keep([update], words);
    return { words, message: contentOf(update).message_id };
  }

  sayPlace(): void {
    const words = this.words('小区');
    this.#keep([this.phone.venue(words, '青柳巷 3 号')], `${words} 青柳巷 3 号`);
  }

  tap(data: string): void {
    this.#keep([this.phone.tap(data)], ANY_LABEL);
  }

  /** One picture, or several as an album; each with words now and then. */
  async send(pictures: number): Promise<void> {
    const drawn = Array.from({ length: pictures }, () => {
      this.#pictures += 1;
      return { whose: this.number, nth: this.#pictures };
    });
    const bytes = await Promise.all(drawn.map(draw));
    const caption = happens(0.4) ? this.words('看这张') : undefined;
    const beside = caption === undefined ? {} : { caption };
    const [only] = bytes;
    const updates = only && pictures === 1 ? [this.phone.photo(only, beside)] : this.phone.album(bytes, beside);
    this.#keep(updates, caption ?? '', drawn);
  }

  /** Changes words that were said; answers the new ones. */
  edit(message: number, words: string): string {
    const other = this.words('改一下：昨晚是十一点');
    const found = this.said.find(({ shows }) => shows === words);
    if (!found) throw new Error(`nobody said ${words}`);
    found.shows = other;
    this.phone.edit(message, other);
    this.edits += 1;
    this.#made(1);
    return other;
  }

  words(text: string): string {
    this.#words += 1;
    return `${this.tag}-${this.#words} ${text}`;
  }

  /**
   * Does something and waits until the bot has answered it, with a question unless something else is looked `for`;
   * answers what it said since.
   */
  async answered(act: () => unknown, { for: lookedFor = isQuestion }: { for?: (seen: Seen) => boolean } = {}): Promise<Seen[]> {
    const before = this.phone.messages().at(-1)?.id ?? 0;
    const saidBefore = this.said.length;
    await act();
    const acted = this.said.slice(saidBefore).flatMap(({ updates }) => updates);
    let seen = 0;
    let quietSince = 0;
    const held = await this.#watch.until((unacknowledged) => {
      if (acted.some((update) => unacknowledged.has(update))) return false;
      const told = this.#since(before);
      if (told.length !== seen) {
        seen = told.length;
        quietSince = Date.now();
      }
      return told.some(lookedFor) && Date.now() - quietSince >= QUIET_MS;
    }, ANSWERED_WITHIN_MS);
    if (!held) this.unanswered += 1;
    return this.#since(before);
  }

  #since(before: number): Seen[] {
    return this.phone.messages().filter(({ id, from }) => id > before && from === 'bot');
  }

  #keep(updates: readonly Update[], shows: Said['shows'], pictures: readonly Picture[] = []): void {
    this.said.push({ updates: updates.map(({ update_id }) => update_id), shows, pictures });
    this.#made(updates.length);
  }
}

export const happens = (chance: number): boolean => Math.random() < chance;

/** The buttons that act on the desk: not those by which Telegram offers the phone's own ways. */
export const tapsOf = (keyboard: Seen['keyboard']): { label: string; data: string }[] =>
  keyboard
    .flat()
    .flatMap((button) =>
      'callback_data' in button && !button.callback_data.startsWith('t:') ? [{ label: button.text, data: button.callback_data }] : [],
    );

/** Whether a message has a button that carries this. */
export const offers =
  (tap: string) =>
  ({ keyboard }: Seen): boolean =>
    tapsOf(keyboard).some(({ data }) => data === tap);

/** The first question of each form, which comes without buttons. */
const FIRST = /^(您说，什么事|您需要什么帮助|您想补充什么|What is it about|What do you need help with|What would you like to add)/;

export const asksForWords = ({ text }: Seen): boolean => FIRST.test(text);
export const isQuestion = (seen: Seen): boolean => tapsOf(seen.keyboard).length > 0 || asksForWords(seen);
