import { createHmac, randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import type { DeskForChannel, Received, ThreadLine } from '../../src/channels/channel.ts';
import type { Inbound, Media, Outbound, Settlement } from '../../src/domain/message.ts';
import { Refused } from '../../src/domain/refusal.ts';
import { tapToText } from '../../src/domain/tap.ts';
import { loadWords } from '../../src/i18n.ts';

const words = loadWords(fileURLToPath(new URL('../../locales', import.meta.url)));

/** A desk that keeps what a real one promises a channel: taken once, in order, on record before it says so. No flows behind it. */
export function fakeDesk({ largest = 10 * 1024 * 1024 }: { largest?: number } = {}) {
  const inbounds: Inbound[] = [];
  const settlements: Settlement[] = [];
  const left: Outbound[] = [];
  const threads = new Map<string, ThreadLine[]>();
  const seqs = new Map<string, number>();
  const kept = new Map<string, Uint8Array>();
  let seq = 0;
  let sick = false;
  let turnedAway = 0;
  let now = Date.parse('2026-03-02T09:00:00+08:00');
  let answerTo: (inbound: Inbound) => Record<string, unknown> = () => ({});
  let heard: (inbound: Inbound) => void = () => undefined;

  const threadOf = (address: string): ThreadLine[] => {
    const thread = threads.get(address) ?? [];
    threads.set(address, thread);
    return thread;
  };
  const spoken = (inbound: Inbound): string => {
    const { input } = inbound;
    if (input.type === 'text') return input.text;
    if (input.type === 'media') return input.caption ?? '';
    if (input.type === 'tap') {
      const tap = tapToText(input.tap);
      const buttons = threadOf(inbound.address).flatMap((line) => line.buttons.flat());
      return buttons.find((button) => button.tap === tap)?.label ?? '';
    }
    return '';
  };

  const desk: DeskForChannel = {
    async receive(inbound): Promise<Received> {
      if (sick) {
        turnedAway += 1;
        throw new Refused('unavailable');
      }
      const key = `${inbound.channel}/${inbound.bot}/${inbound.updateId}`;
      const before = seqs.get(key);
      if (before !== undefined) return { repeat: true, conversation: inbound.address, seq: before, outbound: [], result: {} };
      seq += 1;
      seqs.set(key, seq);
      inbounds.push(inbound);
      const media = inbound.input.type === 'media' ? inbound.input.items : [];
      const text = spoken(inbound);
      // As the real thread does: what has nothing to show is left out.
      if (text !== '' || media.length > 0)
        threadOf(inbound.address).push({
          id: randomUUID(),
          seq,
          at: now,
          from: 'resident',
          text,
          buttons: [],
          media,
          clientId: inbound.updateId,
        });
      const result = answerTo(inbound);
      heard(inbound);
      return { repeat: false, conversation: inbound.address, seq, outbound: [], result };
    },
    async settle(given) {
      if (sick) throw new Refused('unavailable');
      settlements.push(...given);
    },
    send(outbound) {
      left.push(...outbound);
    },
    async keep(bytes, { kind, shownName }): Promise<Media> {
      const id = randomUUID();
      if (bytes.length > largest) return { id, kind, state: 'stub', why: 'too-big' };
      kept.set(id, bytes);
      return { id, kind, mime: 'image/jpeg', bytes: bytes.length, state: 'stored', ...(shownName !== undefined && { shownName }) };
    },
    async thread(address, after, limit) {
      if (sick) throw new Refused('unavailable');
      return threadOf(address)
        .filter((line) => line.seq > after)
        .slice(0, limit);
    },
    async openMedia(address, id) {
      const bytes = kept.get(id);
      const own = threadOf(address).some(({ media }) => media.some((file) => file.id === id));
      return own && bytes ? { mime: 'image/jpeg', bytes } : undefined;
    },
    words: (key, locale, values) => words.t(key, locale, values),
    stationName: () => '青柳派出所',
    key: (purpose) => createHmac('sha256', 'a key for tests').update(purpose).digest(),
    now: () => now,
  };

  return {
    desk,
    inbounds,
    settlements,
    /** What the channel handed back, for the outbox to send. */
    left,
    threadOf,
    /** How often an inbound was not taken since the desk was well. */
    turnedAway: () => (sick ? turnedAway : 0),
    /** While sick, nothing is taken and nothing is read. */
    setSick(is: boolean) {
      sick = is;
      turnedAway = 0;
    },
    pass(ms: number) {
      now += ms;
    },
    answerWith(answer: (inbound: Inbound) => Record<string, unknown>) {
      answerTo = answer;
    },
    /** Told of each inbound that was taken, once. */
    onInbound(listener: (inbound: Inbound) => void) {
      heard = listener;
    },
    /** Something the desk says: on record in the thread, and handed back for the channel to send. */
    outbound(address: string, channel: string, body: Outbound['body'], secret?: string, more: Partial<Outbound> = {}): Outbound {
      seq += 1;
      const id = randomUUID();
      const { text, by, buttons, expects, media } = body;
      threadOf(address).push({
        id,
        seq,
        at: now,
        from: by.kind,
        text,
        ...(by.kind === 'officer' && { signature: by.signature }),
        buttons: buttons ?? [],
        ...(expects && { expects }),
        media: media ?? [],
        ...(secret !== undefined && { secret }),
      });
      return {
        id,
        conversation: address,
        channel,
        address,
        locale: 'zh-CN',
        seq,
        body,
        ...(secret !== undefined && { secret }),
        at: now,
        attempts: 0,
        partsSent: [],
        possiblyRepeated: false,
        interactive: false,
        veiled: false,
        ...more,
      };
    },
  };
}
export type FakeDesk = ReturnType<typeof fakeDesk>;
