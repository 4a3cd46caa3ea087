import { randomUUID } from 'node:crypto';
import type { Line } from '../../src/channels/web/contract.ts';
import type { Inbound } from '../../src/domain/message.ts';
import { type ChatClient, chatClient } from '../channels/chat-client.ts';
import type { FileSent, Heard, Phone, Said } from './phone.ts';

/** What the page itself would not send, and another channel may. */
export type FromElsewhere = (address: string, sent: Pick<Inbound, 'input' | 'knownAs' | 'quotes'>) => Promise<void>;

/** What a messenger calls the words that are spoken of later. */
const EARLIER = 'earlier';

/** A resident's browser with the page open. */
export class WebPhone implements Phone {
  #chat: ChatClient;
  #after = 0;
  readonly #elsewhere: FromElsewhere;

  constructor(url: string, elsewhere: FromElsewhere) {
    this.#chat = chatClient(url);
    this.#elsewhere = elsewhere;
  }

  /** The same browser after the desk was started anew: it is known by its cookie. */
  movesTo(url: string): void {
    const cookie = this.#chat.cookie();
    this.#chat = chatClient(url);
    this.#chat.setCookie(cookie);
  }

  async opens(locale: string, start?: string): Promise<void> {
    const { status, text } = await this.#chat.open({ locale, ...(start !== undefined && { start }) });
    if (status !== 200) throw new Error(`the page was refused: ${status} ${text}`);
  }

  async sends(said: Said): Promise<void> {
    // What no page lets pass, a messenger does.
    if (said.type === 'text' && (said.text.trim() === '' || said.text.length > 4000)) {
      return this.#elsewhere(this.#chat.address(), { input: said });
    }
    const { status, text } = await this.#chat.send({ id: randomUUID(), ...said });
    if (status !== 200) throw new Error(`the page was refused: ${status} ${text}`);
  }

  async uploads(files: readonly FileSent[], caption: string): Promise<void> {
    const { status, body } = await this.#chat.upload(files, caption === '' ? {} : { caption });
    if (status !== 200) throw new Error(`the upload was refused: ${status} ${JSON.stringify(body)}`);
  }

  writes(text: string): Promise<void> {
    return this.#elsewhere(this.#chat.address(), { input: { type: 'text', text }, knownAs: EARLIER });
  }

  edits(text: string): Promise<void> {
    return this.#elsewhere(this.#chat.address(), { input: { type: 'edited', text, messageId: EARLIER } });
  }

  async answersWith(): Promise<void> {
    const items = [{ id: randomUUID(), kind: 'photo', state: 'stored' } as const];
    await this.#elsewhere(this.#chat.address(), { input: { type: 'media', items }, quotes: EARLIER });
  }

  sendsUnreadable(): Promise<void> {
    return this.#elsewhere(this.#chat.address(), { input: { type: 'unknown', what: 'sticker' } });
  }

  losesPhoto(why: 'gone' | 'no-space'): Promise<void> {
    const items = [{ id: randomUUID(), kind: 'photo', state: 'stub', why } as const];
    return this.#elsewhere(this.#chat.address(), { input: { type: 'media', items } });
  }

  async looksUp(reference: string, code: string): Promise<void> {
    const { status, text } = await this.#chat.ask('POST', '/chat/lookup', { reference, code });
    if (status !== 200) throw new Error(`the look-up was refused: ${status} ${text}`);
  }

  /** What has not been read yet; reading it is acknowledged, as the page does. */
  async hears(): Promise<Heard[]> {
    if (this.#chat.cookie() === undefined) return [];
    const lines: Line[] = [];
    for (let page = await this.#chat.lines(this.#after); page.length > 0; page = await this.#chat.lines(lines.at(-1)?.seq))
      lines.push(...page);
    this.#after = lines.at(-1)?.seq ?? this.#after;
    const said = lines.filter(({ from }) => from !== 'resident');
    if (said.length > 0) await this.#chat.ask('POST', '/chat/received', { ids: said.map(({ id }) => id), after: 0 });
    return said.map(({ text, secret, signature, buttons }) => ({
      text: secret === null ? text : text.replace('••••', secret),
      ...(signature !== null && { signature }),
      ...(secret !== null && { secret }),
      buttons,
    }));
  }
}
