import type { Seen } from '../../telegram/seen.ts';
import { asksForWords, type Chatter, happens, isQuestion, offers, tapsOf } from './chatter.ts';

/** Pictures of one form: fewer than it has room for. */
const PICTURES = 8;
/** Turns a form may take, detours included. */
const TURNS = 40;

/** One resident who files forms through the real flow, one after another, by what reached their phone alone. */
export class Complainer {
  readonly chatter: Chatter;
  /** The references of what was filed, as they were told. */
  readonly filed: string[] = [];
  /** Words added to a case, with its reference. */
  readonly added: { words: string; reference: string }[] = [];
  begun = 0;
  /** What was said where a form did not go on. */
  readonly lost: string[] = [];
  #pictures = 0;
  /** Says several things at once where one would do, and waits for none of the answers between them. */
  readonly #impatient: boolean;

  constructor(chatter: Chatter, impatient: boolean) {
    this.chatter = chatter;
    this.#impatient = impatient;
  }

  /** Ends only between two forms, so that every form begun is finished. */
  async stay(wanted: (chatter: Chatter) => boolean): Promise<void> {
    await this.chatter.answered(() => this.chatter.start());
    while (wanted(this.chatter)) {
      const receipt = await this.#fileOne();
      if (receipt && wanted(this.chatter)) await this.#afterwards(receipt);
    }
  }

  /** One form from its door to its reference. */
  async #fileOne(): Promise<{ reference: string; message: number } | undefined> {
    const { chatter } = this;
    this.begun += 1;
    this.#pictures = 0;
    let begins = true;
    let told = await this.#openDoor();
    for (let turn = 0; turn < TURNS; turn += 1) {
      const receipt = this.#receiptIn(told);
      if (receipt) {
        this.filed.push(receipt.reference);
        return receipt;
      }
      const asked = told.findLast(isQuestion) ?? chatter.phone.messages().findLast(isQuestion);
      if (!asked) break;
      told = asksForWords(asked) && begins ? await this.#tell() : await this.#answer(asked);
      begins = false;
    }
    this.lost.push(`${chatter.tag} after ${chatter.count} updates: ${told.map(({ text }) => text).join(' | ')}`);
    return undefined;
  }

  /** By its button where one is shown, else by the menu's command or from the start. */
  async #openDoor(): Promise<Seen[]> {
    const { chatter } = this;
    const door = happens(0.75) ? 'h:report' : 'h:help';
    if (!chatter.shows(door)) {
      if (happens(0.4)) return chatter.answered(() => chatter.command(door === 'h:report' ? 'report' : 'ask'));
      await chatter.answered(() => (chatter.shows('k:home') ? chatter.tap('k:home') : chatter.start()));
    }
    return chatter.shows(door) ? this.#press(door) : chatter.answered(() => chatter.start());
  }

  /** What happened: in one message, or in several at once with pictures between them. */
  #tell(): Promise<Seen[]> {
    const { chatter } = this;
    return chatter.answered(async () => {
      chatter.say('楼下每天夜里很吵，睡不着');
      if (!this.#impatient) return;
      if (happens(0.5)) chatter.say('都半个月了');
      if (happens(0.4)) await this.#sendPictures(happens(0.5) ? 1 : 3);
      if (happens(0.5)) chatter.say('孩子要考试');
    });
  }

  async #answer(asked: Seen): Promise<Seen[]> {
    const { chatter } = this;
    const taps = tapsOf(asked.keyboard).map(({ data }) => data);
    const way = (name: string) => taps.find((tap) => tap.startsWith(`k:${name}`));
    const seal = taps.find((tap) => /^s:[^:]+:review:police$/.test(tap));
    const file = taps.find((tap) => /^s:[^:]+:review:file$/.test(tap));
    if (file) return this.#press(seal !== undefined && happens(0.1) ? seal : file);
    const done = way('done');
    if (done !== undefined)
      return happens(0.3) && asksForPhotos(asked) && this.#hasRoomForPictures() ? this.#sendPhotos() : this.#press(done);
    const skip = way('skip');
    if (asksForPhotos(asked))
      return skip === undefined || (happens(0.6) && this.#hasRoomForPictures()) ? this.#sendPhotos() : this.#press(skip);
    if (asksForPlace(asked) && happens(0.7)) {
      return chatter.answered(() => (happens(0.5) ? chatter.sayPlace() : chatter.say(`青柳巷 ${chatter.number} 号`)));
    }
    const options = taps.filter((tap) => /^s:[^:]+:[^:]+:(?!@|named$|phone$|police$)/.test(tap));
    const option = options[Math.floor(Math.random() * options.length)];
    if (option !== undefined && (skip === undefined || happens(0.7))) return this.#press(option);
    if (skip !== undefined && happens(0.6)) return this.#press(skip);
    const doors = taps.filter((tap) => /^h:(continue\..+|report)$/.test(tap));
    if (doors[0] !== undefined) return this.#press(doors[0]);
    return chatter.answered(() => chatter.say('我再说一句'));
  }

  /** Once; or twice, as people do whose phone is slow. */
  #press(tap: string): Promise<Seen[]> {
    const { chatter } = this;
    return chatter.answered(() => {
      chatter.tap(tap);
      if (this.#impatient && happens(0.15)) chatter.tap(tap);
    });
  }

  #sendPhotos(): Promise<Seen[]> {
    return this.chatter.answered(() => this.#sendPictures(happens(0.4) ? 2 + Math.floor(Math.random() * 2) : 1));
  }

  #sendPictures(count: number): Promise<void> {
    this.#pictures += count;
    return this.chatter.send(count);
  }

  #hasRoomForPictures(): boolean {
    return this.#pictures + 3 <= PICTURES;
  }

  /** More words to what was filed: by its button, or by an answer to the receipt; and other words for them. */
  async #afterwards({ reference, message }: { reference: string; message: number }): Promise<void> {
    const { chatter } = this;
    if (happens(0.3)) return this.#addByButton(reference);
    if (!happens(0.3)) return;
    let said = { words: '', message: 0 };
    const quoting = () => {
      said = chatter.say('昨晚又来了', message);
    };
    const told = await chatter.answered(quoting, { for: () => true });
    // Whoever answers a copy that the bot never learnt to have arrived is asked where the words belong.
    if (!told.some(({ text }) => ADDED.test(text) && text.includes(letters(reference)))) return;
    const shown = { words: said.words, reference };
    this.added.push(shown);
    if (!happens(0.4)) return;
    const editing = () => {
      shown.words = chatter.edit(said.message, said.words);
    };
    await chatter.answered(editing, { for: () => true });
  }

  async #addByButton(reference: string): Promise<void> {
    const { chatter } = this;
    const add = `c:${reference}:add`;
    await chatter.answered(() => chatter.tap(`c:${reference}:show`), { for: offers(add) });
    if (!chatter.shows(add)) {
      this.lost.push(`${chatter.tag}: ${reference} offers no way to add`);
      return;
    }
    await chatter.answered(() => chatter.tap(add), { for: ({ text }) => ASKS_TO_ADD.test(text) });
    let words = '';
    const adding = () => {
      ({ words } = chatter.say('昨晚又来了'));
    };
    const told = await chatter.answered(adding, { for: (seen) => skipOf(seen) !== undefined });
    const skip = told.map(skipOf).findLast((tap) => tap !== undefined);
    const isAdded = ({ text }: Seen) => ADDED.test(text) && text.includes(letters(reference));
    const ended = skip !== undefined ? await chatter.answered(() => chatter.tap(skip), { for: isAdded }) : [];
    if (ended.some(isAdded)) this.added.push({ words, reference });
    else this.lost.push(`${chatter.tag}: ${words} was not added to ${reference}`);
  }

  /** The reference a form ended with: a button shows a case not filed before, and a message names it. */
  #receiptIn(told: readonly Seen[]): { reference: string; message: number } | undefined {
    const shown = told.flatMap(({ keyboard }) => tapsOf(keyboard)).flatMap(({ data }) => /^c:([0-9A-Z]{8}):show$/.exec(data)?.[1] ?? []);
    const reference = shown.find((one) => !this.filed.includes(one));
    if (reference === undefined) return undefined;
    const message = told.findLast(({ text }) => text.includes(letters(reference)))?.id;
    return message === undefined ? undefined : { reference, message };
  }
}

const ASKS_TO_ADD = /^(您想补充什么|What would you like to add)/;
const ADDED = /^(加上了|Added)/;
/** A reference as residents read it. */
const letters = (reference: string): string => `${reference.slice(0, 4)}-${reference.slice(4)}`;

const asksForPhotos = ({ text }: Seen): boolean => /照片吗|还有照片|\bphotos\b|^Send more/i.test(text);
/** The button that goes on without photos, where they are asked for. */
const skipOf = (seen: Seen): string | undefined =>
  asksForPhotos(seen) ? tapsOf(seen.keyboard).find(({ data }) => data.startsWith('k:skip'))?.data : undefined;
const asksForPlace = ({ keyboard }: Seen): boolean =>
  keyboard.flat().some((button) => 'callback_data' in button && button.callback_data.startsWith('t:place'));
