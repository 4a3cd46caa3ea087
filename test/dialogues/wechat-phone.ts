import { setTimeout as sleep } from 'node:timers/promises';
import type { CommandName } from '../../src/domain/message.ts';
import type { Account, Resident } from '../wechat/account.ts';
import type { FileSent, Heard, Phone, Said } from './phone.ts';

/** What the phone must know of the desk behind it: when all of a turn is said, and the words people type for commands. */
export interface Behind {
  /** Messages owed on this channel that have not gone, those held back left out. */
  pending(): Promise<number>;
  typed(command: CommandName): string;
}

/** All that is shown of an answer in a sealed case, and the word that shows the rest. */
const NOTICE = /^(?:有一条给您的答复。回一个“(.+)”字|There is an answer for you\. Write “(.+)”)/;

/** A resident on WeChat: sees no buttons, types their numbers, and reads only what reached the phone. */
export class WeChatPhone implements Phone {
  readonly #account: Account;
  readonly #behind: Behind;
  #resident: Resident | undefined;
  #read = 0;

  constructor(account: Account, behind: Behind) {
    this.#account = account;
    this.#behind = behind;
  }

  async opens(_locale: string, start?: string): Promise<void> {
    if (this.#resident) this.#phone.scan(start ?? '');
    else {
      this.#resident = this.#account.user({ follows: false });
      this.#resident.follow(start);
    }
  }

  async sends(said: Said): Promise<void> {
    switch (said.type) {
      case 'text':
        this.#phone.say(said.text);
        return;
      case 'tap':
        this.#phone.say(said.tap);
        return;
      case 'command':
        this.#phone.say(this.#behind.typed(said.name));
        return;
      case 'start':
        this.#phone.scan(said.payload);
        return;
      case 'place':
        this.#phone.location(said.latitude, said.longitude, said.label ?? '');
    }
  }

  async uploads(files: readonly FileSent[], caption: string): Promise<void> {
    for (const { bytes, mime } of files) {
      if (mime?.startsWith('audio/')) this.#phone.voice({ bytes });
      else this.#phone.image(bytes);
    }
    if (caption !== '') this.#phone.say(caption);
  }

  writes(text: string): Promise<void> {
    return this.sends({ type: 'text', text });
  }

  async edits(): Promise<void> {
    throw new Error('nobody changes what they wrote on WeChat');
  }

  async answersWith(): Promise<void> {
    throw new Error('nobody answers an earlier message on WeChat');
  }

  async sendsUnreadable(): Promise<void> {
    this.#phone.sticker();
  }

  async hears(): Promise<Heard[]> {
    if (!this.#resident) return [];
    await this.#quiet();
    const notice = this.#phone
      .messages()
      .slice(this.#read)
      .find(({ text }) => NOTICE.test(text));
    if (notice) {
      this.#phone.say(
        NOTICE.exec(notice.text)
          ?.slice(1)
          .find((word) => word !== undefined) ?? '',
      );
      await this.#quiet();
    }
    const told = this.#phone
      .messages()
      .slice(this.#read)
      .filter((one) => one !== notice);
    this.#read = this.#phone.messages().length;
    return told.flatMap(({ text }) => text.split('\n\n')).map(heardIn);
  }

  get #phone(): Resident {
    if (!this.#resident) throw new Error('nobody follows the account yet');
    return this.#resident;
  }

  async #quiet(): Promise<void> {
    for (let tries = 0; tries < 200; tries += 1) {
      await this.#account.settled({ quietMs: 30 });
      if ((await this.#behind.pending()) === 0) return;
      await sleep(60);
    }
    throw new Error('what was said never went');
  }
}

/** One saying, its numbered lines as what may be chosen. */
function heardIn(said: string): Heard {
  const lines = said.split('\n').filter((line) => !/^(回数字就行。|Answer with the number\.)$/.test(line));
  const at = lines.findIndex((_, index) => lines.slice(index).every((one) => /^\d+\. /.test(one)));
  const words = (at < 0 ? lines : lines.slice(0, at)).join('\n');
  const choices = at < 0 ? [] : lines.slice(at);
  const [, text = words, signature] = /^([\s\S]*)\n——? ([^\n]+)$/.exec(words) ?? [];
  const secret = /(?:查询码|query code)\s*([0-9A-Z]{4}-[0-9A-Z]{4})/i.exec(text)?.[1];
  return {
    text,
    ...(signature !== undefined && { signature }),
    ...(secret !== undefined && { secret }),
    buttons: choices.map((choice) => {
      const [number = '', ...label] = choice.split('. ');
      return [{ label: label.join('. '), tap: number }];
    }),
  };
}
