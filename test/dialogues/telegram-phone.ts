import { setTimeout as sleep } from 'node:timers/promises';
import type { BotApi, Resident, Sent } from '../telegram/bot-api.ts';
import type { FileSent, Heard, Phone, Said } from './phone.ts';

/** What the phone must know of the desk behind it: when all of a turn is said, and how its clock is moved. */
export interface Behind {
  /** Messages owed on this channel that have not gone. */
  pending(): Promise<number>;
  pass(ms: number): void;
}

/** How long the bot waits for more of an album. */
const ALBUM_MS = 1_500;

/** A resident on Telegram: presses only `callback_data` that reached the double, and reads only what reached it. */
export class TelegramPhone implements Phone {
  readonly #double: BotApi;
  readonly #behind: Behind;
  #resident: Resident | undefined;
  #read = 0;

  constructor(double: BotApi, behind: Behind) {
    this.#double = double;
    this.#behind = behind;
  }

  async opens(locale: string, start = ''): Promise<void> {
    this.#resident ??= this.#double.user({ languageCode: locale });
    this.#resident.start(start);
  }

  async sends(said: Said): Promise<void> {
    const phone = this.#phone;
    switch (said.type) {
      case 'text':
        phone.say(said.text);
        return;
      case 'tap':
        phone.tap({ text: said.tap, callback_data: said.tap });
        return;
      case 'command':
        phone.command(said.name);
        return;
      case 'start':
        phone.start(said.payload);
        return;
      case 'place':
        if (said.label === undefined) phone.location(said.latitude, said.longitude);
        else phone.venue(said.label, '', said.latitude, said.longitude);
    }
  }

  async uploads(files: readonly FileSent[], caption: string): Promise<void> {
    const beside = caption === '' ? {} : { caption };
    const [only] = files;
    if (only && files.length === 1) {
      if (only.mime?.startsWith('audio/')) this.#phone.voice(only.bytes, beside);
      else this.#phone.photo(only.bytes, beside);
    } else
      this.#phone.album(
        files.map(({ bytes }) => bytes),
        beside,
      );
  }

  async writes(text: string): Promise<void> {
    this.#phone.say(text);
  }

  async edits(text: string): Promise<void> {
    this.#phone.edit(this.#lastSent(), text);
  }

  async answersWith({ bytes }: FileSent): Promise<void> {
    this.#phone.photo(bytes, { quote: this.#lastSent() });
  }

  #lastSent(): number {
    const own = this.#phone.messages().findLast(({ from }) => from === 'user');
    if (!own) throw new Error('nothing was sent yet');
    return own.id;
  }

  async sendsUnreadable(): Promise<void> {
    this.#phone.dice();
  }

  async hears(): Promise<Heard[]> {
    if (!this.#resident) return [];
    await this.#quiet();
    const told = this.#double.sent(this.#phone.id).slice(this.#read);
    this.#read += told.length;
    const heard: Heard[] = [];
    for (const sent of told) heard.push(await this.#opened(sent));
    return heard;
  }

  /** The words; behind a notice, those a tap on it shows. */
  async #opened({ messageId }: Sent): Promise<Heard> {
    const notice = this.#shown(messageId)
      .buttons.flat()
      .find(({ tap }) => tap.startsWith('v:'));
    if (!notice) return this.#shown(messageId);
    this.#phone.tap({ text: notice.label, callback_data: notice.tap }, { on: messageId });
    await this.#quiet();
    const shown = this.#shown(messageId);
    // What Telegram offers of its own under words that a tap has shown.
    return { ...shown, buttons: shown.buttons.filter((row) => !row.some(({ tap }) => tap.startsWith('p:'))) };
  }

  #shown(messageId: number): Heard {
    const seen = this.#phone.messages().find(({ id }) => id === messageId);
    const [, text = seen?.text ?? '', signature] = /^([\s\S]*)\n——? ([^\n]+)$/.exec(seen?.text ?? '') ?? [];
    const secret = /(?:查询码|query code)\s*([0-9A-Z]{4}-[0-9A-Z]{4})/i.exec(text)?.[1];
    // What Telegram adds of its own under a question is not the desk's.
    const rows = (seen?.keyboard ?? []).map((row) =>
      row.flatMap((button) => ('callback_data' in button ? [{ label: button.text, tap: button.callback_data }] : [])),
    );
    return {
      text,
      ...(signature !== undefined && { signature }),
      ...(secret !== undefined && { secret }),
      buttons: rows.filter((row) => !row.some(({ tap }) => tap.startsWith('t:'))),
    };
  }

  get #phone(): Resident {
    if (!this.#resident) throw new Error('nobody has opened the chat yet');
    return this.#resident;
  }

  /** All that was sent is taken, and all that was answered is there; an album's answer waits for more of it. */
  async #quiet(): Promise<void> {
    for (let tries = 0; tries < 200; tries += 1) {
      await this.#double.settled({ quietMs: 30 });
      if ((await this.#behind.pending()) === 0) return;
      await sleep(60);
      if ((await this.#behind.pending()) > 0 && tries % 3 === 2) this.#behind.pass(ALBUM_MS);
    }
    throw new Error('what was said never went');
  }
}
