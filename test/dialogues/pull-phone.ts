import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Words } from '../../src/i18n.ts';
import type { PullOnlyChannel, Update } from '../contract/pull-only-channel.ts';
import type { FileSent, Heard, Phone, Said } from './phone.ts';

/** A resident who sees no buttons: types the number before what they want, and fetches what is for them. */
export class PullPhone implements Phone {
  readonly #channel: PullOnlyChannel;
  readonly #pending: () => Promise<number>;
  readonly #words: Words;
  readonly #from = randomUUID();
  #locale = 'zh-CN';
  /** The numbered lines seen last, as what they stand for. */
  #lines: readonly string[] = [];

  /** `pending`: messages owed on this channel that have not gone. */
  constructor(channel: PullOnlyChannel, words: Words, pending: () => Promise<number>) {
    this.#channel = channel;
    this.#words = words;
    this.#pending = pending;
  }

  async opens(locale: string, start = ''): Promise<void> {
    this.#locale = locale;
    await this.#deliver({ does: { type: 'start', payload: start } });
  }

  async sends(said: Said): Promise<void> {
    switch (said.type) {
      case 'text':
        return this.#deliver({ text: said.text });
      case 'tap':
        return this.#deliver({ text: this.#numberOf(said.tap) });
      case 'command':
        return this.#deliver({ text: this.#words.t(`desk:typed.${said.name}`, this.#locale).split('|')[0] ?? '' });
      case 'start':
        return this.#deliver({ does: { type: 'start', payload: said.payload } });
      case 'place':
        return this.#deliver({ does: { ...said, datum: 'gcj02' } });
    }
  }

  async uploads(files: readonly FileSent[], caption: string): Promise<void> {
    const voice = files.some(({ mime }) => mime?.startsWith('audio/'));
    await this.#deliver({
      files: files.map(({ bytes }) => bytes),
      ...(voice && { voice }),
      ...(caption !== '' && { text: caption }),
    });
  }

  writes(text: string): Promise<void> {
    return this.#deliver({ text });
  }

  async edits(): Promise<void> {
    throw new Error('what was sent here can not be changed');
  }

  async answersWith(): Promise<void> {
    throw new Error('nothing is answered here');
  }

  sendsUnreadable(): Promise<void> {
    return this.#deliver({ does: { type: 'unknown', what: 'sticker' } });
  }

  async hears(): Promise<Heard[]> {
    for (let tries = 0; (await this.#pending()) > 0; tries += 1) {
      if (tries > 400) throw new Error('what was said never went');
      await sleep(10);
    }
    const told = await this.#channel.read(this.#from);
    return told.map(({ outbound: { body, secret }, parts }) => {
      const lines = (body.buttons ?? []).flat();
      if (lines.length > 0) this.#lines = lines.map(({ tap }) => tap);
      const shown = parts.join('');
      for (const [at, { label }] of lines.entries()) if (!shown.includes(`${at + 1}. ${label}`)) throw new Error(`${label} was not shown`);
      return {
        text: secret === undefined ? body.text : body.text.replace('••••', secret),
        ...(body.by.kind === 'officer' && { signature: body.by.signature }),
        ...(secret !== undefined && { secret }),
        buttons: body.buttons ?? [],
      };
    });
  }

  #numberOf(tap: string): string {
    const at = this.#lines.indexOf(tap);
    if (at < 0) throw new Error(`no number stands for ${tap}`);
    return String(at + 1);
  }

  async #deliver(update: Omit<Update, 'id' | 'from'>): Promise<void> {
    const taken = await this.#channel.deliver({ id: randomUUID(), from: this.#from, locale: this.#locale, ...update });
    if (!taken) throw new Error('the desk took nothing');
  }
}
