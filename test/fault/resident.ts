import { randomUUID } from 'node:crypto';
import type { Line, MessageAsked, MessagesView, Taken } from '../../src/channels/web/contract.ts';
import { askUntilAnswered } from './ask.ts';
import type { DeskProcess } from './desk-process.ts';

/** What one conversation was told is kept, to be looked for afterwards. */
export interface Kept {
  cookie: string;
  peer: string;
  /** Messages the server has acknowledged, by id with what they were; and those of them that carried a photo. */
  messages: { id: string; what: string }[];
  photos: string[];
  /** What was filed: words that only this form holds, and the reference told. */
  filed: { token: string; reference: string }[];
  /** Forms begun, and those in whose middle the server died. */
  begun: number;
  acrossADeath: number;
  /** What was said where a form did not go on. */
  lost: string[];
  /** Acknowledged as a repeat: the first acknowledgement died with the server. */
  repeats: number;
}

/** Turns before a resident takes a new conversation: below what one is allowed in ten minutes. */
const MESSAGES_A_CONVERSATION = 48;

type Said = MessageAsked extends infer M ? (M extends unknown ? Omit<M, 'id'> : never) : never;

/** One resident: opens the page and files forms one after another, some with photos. */
export class Resident {
  readonly conversations: Kept[] = [];
  /** Set to false, the resident finishes the form in hand and leaves. */
  staying = true;
  private readonly desk: DeskProcess;
  private readonly number: number;
  private readonly photo: Uint8Array;
  private readonly acknowledged: () => void;
  private after = 0;

  constructor(desk: DeskProcess, number: number, photo: Uint8Array, acknowledged: () => void) {
    this.desk = desk;
    this.number = number;
    this.photo = photo;
    this.acknowledged = acknowledged;
  }

  /** Ends only between two forms, so that every form begun is finished. */
  async stay(): Promise<void> {
    while (this.staying) {
      const kept = await this.openPage();
      while (this.staying && kept.messages.length < MESSAGES_A_CONVERSATION) {
        const reference = await this.fileOne(kept);
        if (reference !== undefined && this.staying && happens(0.3)) await this.addTo(kept, reference);
      }
    }
  }

  private async openPage(): Promise<Kept> {
    const peer = `10.${this.number}.${this.conversations.length % 250}.1`;
    const session = { locale: this.number % 5 === 0 ? 'en' : 'zh-CN', ownPhone: true };
    const { status, headers } = await this.ask('POST', '/chat/session', session, { peer, cookie: '' });
    if (status !== 200) throw new Error(`no session: ${status}`);
    const cookie = (headers.get('set-cookie') ?? '').split(';')[0] ?? '';
    const kept = { cookie, peer, messages: [], photos: [], filed: [], begun: 0, acrossADeath: 0, lost: [], repeats: 0 };
    this.conversations.push(kept);
    this.after = 0;
    await this.readOn(kept);
    return kept;
  }

  /** One form from its door to its reference, answering whatever is asked next. */
  private async fileOne(kept: Kept): Promise<string | undefined> {
    const token = `T${randomUUID().replaceAll('-', '')}`;
    const run = this.desk.run;
    kept.begun += 1;
    let said = await this.send(kept, { type: 'tap', tap: `h:${happens(0.75) ? 'report' : 'help'}` });
    let told = false;
    for (let turns = 0; turns < 40; turns += 1) {
      const reference = referenceIn(said);
      if (reference !== undefined) {
        if (this.desk.run !== run) kept.acrossADeath += 1;
        kept.filed.push({ token, reference });
        return reference;
      }
      const asked = said.findLast(({ buttons, expects }) => buttons.length > 0 || (expects !== null && expects !== 'nothing'));
      const atTheDoors = asked?.buttons.flat().some(({ tap }) => tap === 'h:report') ?? false;
      if (!asked || atTheDoors) break;
      said = told ? await this.answer(kept, asked) : await this.send(kept, { type: 'text', text: `${token} 楼下每天夜里很吵，睡不着` });
      told = true;
    }
    kept.lost.push(
      `${token} after ${kept.messages.length} messages, the last ${kept.messages.at(-1)?.what}: ${said.map(({ text }) => text).join(' | ')}`,
    );
    return undefined;
  }

  private answer(kept: Kept, { buttons, expects }: Line): Promise<Line[]> {
    const taps = buttons.flat().map(({ tap }) => tap);
    const way = (name: string) => taps.find((tap) => tap.startsWith(`k:${name}`));
    const file = taps.find((tap) => /^s:[^:]+:review:file$/.test(tap));
    const tap = file ?? way('done') ?? this.choose(taps, way('skip'), expects);
    if (tap !== undefined) return this.send(kept, { type: 'tap', tap });
    if (expects === 'photos') return this.sendPhoto(kept);
    return this.send(kept, { type: 'text', text: expects === 'place' ? `青柳巷 ${this.number} 号` : '王先生' });
  }

  /** A button, unless words or a photo are to be sent: half of the places and photos, and no phone numbers. */
  private choose(taps: readonly string[], skip: string | undefined, expects: Line['expects']): string | undefined {
    const options = taps.filter((tap) => /^s:[^:]+:[^:]+:(?!@|named$|phone$)/.test(tap));
    const option = options[Math.floor(Math.random() * options.length)];
    if (skip === undefined) return option;
    if (expects === 'photos' || expects === 'place') return happens(0.5) ? undefined : skip;
    return option !== undefined && happens(0.7) ? option : skip;
  }

  /** More words to a case already filed. */
  private async addTo(kept: Kept, reference: string): Promise<void> {
    const shown = await this.send(kept, { type: 'tap', tap: `c:${reference}:show` });
    const add = shown.flatMap(({ buttons }) => buttons.flat()).find(({ tap }) => tap === `c:${reference}:add`);
    if (!add) {
      kept.lost.push(`${reference} offers no way to add: ${shown.map(({ text }) => text).join(' | ')}`);
      return;
    }
    await this.send(kept, { type: 'tap', tap: add.tap });
    const said = await this.send(kept, { type: 'text', text: `昨晚又来了 ${randomUUID()}` });
    const way = said.flatMap(({ buttons }) => buttons.flat()).find(({ tap }) => /^k:(done|skip)/.test(tap));
    if (way) await this.send(kept, { type: 'tap', tap: way.tap });
  }

  /** Sends one message under one id until it is acknowledged; then reads what was said to it. */
  private async send(kept: Kept, message: Said): Promise<Line[]> {
    const id = randomUUID();
    const { status, body } = await this.ask<Taken>('POST', '/chat/messages', { id, ...message }, kept);
    if (status !== 200) throw new Error(`not taken: ${status} ${JSON.stringify(body)} to ${JSON.stringify(message)}`);
    this.keep(kept, id, 'tap' in message ? message.tap : message.type, body);
    return this.readOn(kept);
  }

  private async sendPhoto(kept: Kept): Promise<Line[]> {
    const id = randomUUID();
    const upload = () => {
      const form = new FormData();
      form.append('id', id);
      form.append('files', new Blob([Buffer.from(this.photo)], { type: 'image/jpeg' }), 'photo.jpg');
      return form;
    };
    const { status, body } = await this.ask<Taken>('POST', '/chat/media', upload, kept);
    if (status !== 200) throw new Error(`photo not taken: ${status} ${JSON.stringify(body)}`);
    this.keep(kept, id, 'photo', body);
    kept.photos.push(id);
    return this.readOn(kept);
  }

  private keep(kept: Kept, id: string, what: string, { repeat }: Taken): void {
    kept.messages.push({ id, what });
    if (repeat) kept.repeats += 1;
    this.acknowledged();
  }

  /** What was said since the last look; now and then the page says that it has it. */
  private async readOn(kept: Kept): Promise<Line[]> {
    const from = this.after;
    const { body } = await this.ask<MessagesView>('GET', `/chat/messages?after=${from}&limit=200`, undefined, kept);
    this.after = body.items.at(-1)?.seq ?? from;
    const told = body.items.filter((line) => line.from !== 'resident');
    if (told.length > 0 && happens(0.3)) {
      await this.ask('POST', '/chat/received', { ids: told.map(({ id }) => id), after: from }, kept);
    }
    return told;
  }

  private ask<Body>(method: string, path: string, body: object | (() => FormData) | undefined, who: Pick<Kept, 'cookie' | 'peer'>) {
    return askUntilAnswered<Body>(this.desk, path, () => ({
      method,
      headers: {
        origin: this.desk.url,
        'x-forwarded-for': who.peer,
        ...(who.cookie !== '' && { cookie: who.cookie }),
        ...(body && typeof body !== 'function' && { 'content-type': 'application/json' }),
      },
      ...(body && { body: typeof body === 'function' ? body() : JSON.stringify(body) }),
    }));
  }
}

const happens = (chance: number): boolean => Math.random() < chance;

/** The reference a form ended with: its line has a button that shows the case. */
function referenceIn(said: readonly Line[]): string | undefined {
  const taps = said.flatMap(({ buttons }) => buttons.flat().map(({ tap }) => tap));
  return taps.map((tap) => /^c:([0-9A-Z]{8}):show/.exec(tap)?.[1]).find((reference) => reference !== undefined);
}
