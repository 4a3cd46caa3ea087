import type { Channel, DeskForChannel } from '../../src/channels/channel.ts';
import type { Input, Outbound } from '../../src/domain/message.ts';
import { Refused } from '../../src/domain/refusal.ts';

const BYTES = 600;
const graphemes = new Intl.Segmenter('zh', { granularity: 'grapheme' });

/** Pieces of at most so many bytes in UTF-8, cut at a line's end where one is near, never inside a grapheme. */
function cut(text: string, bytes: number): string[] {
  const pieces: string[] = [];
  let piece = '';
  for (const { segment } of graphemes.segment(text)) {
    if (Buffer.byteLength(piece) + Buffer.byteLength(segment) > bytes) {
      const line = piece.lastIndexOf('\n');
      const whole = line > piece.length / 2 ? line + 1 : piece.length;
      pieces.push(piece.slice(0, whole));
      piece = piece.slice(whole);
    }
    piece += segment;
  }
  return [...pieces, piece];
}

/** Without buttons, each is a numbered line: the number typed is an answer. */
function laidOut({ body, secret }: Outbound): string {
  const numbered = (body.buttons ?? []).flat().map(({ label }, at) => `${at + 1}. ${label}`);
  const signature = body.by.kind === 'officer' ? [`— ${body.by.signature}`] : [];
  return [secret === undefined ? body.text : body.text.replace('••••', secret), ...signature, ...numbered].join('\n');
}

export interface Update {
  id: string;
  from: string;
  locale?: string;
  text?: string;
  files?: readonly Uint8Array[];
  voice?: true;
  /** Whatever else residents do there. */
  does?: Exclude<Input, { type: 'text' | 'media' | 'tap' }>;
}

/**
 * A channel as poor as they come: its residents fetch what is for them, see no buttons and 600 bytes at a time.
 * `deliver` answers false where the update must be delivered again.
 */
export function pullOnlyChannel() {
  let desk: DeskForChannel | undefined;
  const boxes = new Map<string, Map<string, { outbound: Outbound; parts: string[] }>>();

  const inputOf = async ({ text, files, voice, does }: Update, keep: DeskForChannel['keep']): Promise<Input> => {
    if (does) return does;
    if (!files) return { type: 'text', text: text ?? '' };
    const items = [];
    for (const bytes of files) items.push(await keep(bytes, { kind: voice ? 'voice' : 'photo' }));
    return { type: 'media', items, ...(text !== undefined && { caption: text }) };
  };

  /** What waits for a resident; that they have fetched it is told to the desk. */
  const read = async (from: string) => {
    const box = [...(boxes.get(from)?.values() ?? [])].sort((one, other) => one.outbound.seq - other.outbound.seq);
    await desk?.settle(box.map(({ outbound: { id } }) => ({ outbound: id, outcome: { is: 'sent', confirmed: true } })));
    boxes.delete(from);
    return box;
  };

  const channel: Channel = {
    name: 'pull',
    bot: 'default',
    can: { buttons: false, inlineReply: false, media: true, textLimit: { count: BYTES, unit: 'bytes' } },
    async start(given) {
      desk = given;
    },
    async send(outbound) {
      const box = boxes.get(outbound.address) ?? new Map();
      boxes.set(outbound.address, box);
      const parts = cut(laidOut(outbound), BYTES).filter((_, at) => !outbound.partsSent.includes(at));
      box.set(outbound.id, { outbound, parts });
      return { is: 'sent', confirmed: false };
    },
    async fetch() {
      return { lost: 'gone' };
    },
    async stop() {
      desk = undefined;
    },
  };

  return {
    channel,
    async deliver(update: Update): Promise<boolean> {
      if (!desk) return false;
      const { id, from, locale = 'zh-CN' } = update;
      const inbound = { channel: 'pull', bot: 'default', updateId: `${from}/${id}`, address: from, locale, numbered: true };
      try {
        await desk.receive({ ...inbound, input: await inputOf(update, desk.keep) });
        return true;
      } catch (cause) {
        if (cause instanceof Refused && cause.code === 'unavailable') return false;
        throw cause;
      }
    },
    /** With what it was made of. */
    read,
    pull: async (from: string): Promise<string[][]> => (await read(from)).map(({ parts }) => parts),
  };
}
export type PullOnlyChannel = ReturnType<typeof pullOnlyChannel>;
