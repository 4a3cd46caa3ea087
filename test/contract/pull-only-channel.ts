import type { Channel, DeskForChannel } from '../../src/channels/channel.ts';
import type { Outbound } from '../../src/domain/message.ts';
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
  text?: string;
  files?: readonly Uint8Array[];
}

/**
 * A channel as poor as they come: its residents fetch what is for them, see no buttons and 600 bytes at a time.
 * `deliver` answers false where the update must be delivered again.
 */
export function pullOnlyChannel() {
  let desk: DeskForChannel | undefined;
  const boxes = new Map<string, Map<string, { order: number; parts: string[] }>>();

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
      box.set(outbound.id, { order: outbound.seq, parts });
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
    async deliver({ id, from, text, files }: Update): Promise<boolean> {
      if (!desk) return false;
      const inbound = { channel: 'pull', bot: 'default', updateId: `${from}/${id}`, address: from, locale: 'zh-CN', numbered: true };
      try {
        if (files) {
          const items = [];
          for (const bytes of files) items.push(await desk.keep(bytes, { kind: 'photo' }));
          await desk.receive({ ...inbound, input: { type: 'media', items, ...(text !== undefined && { caption: text }) } });
        } else await desk.receive({ ...inbound, input: { type: 'text', text: text ?? '' } });
        return true;
      } catch (cause) {
        if (cause instanceof Refused && cause.code === 'unavailable') return false;
        throw cause;
      }
    },
    /** What waits for a resident; what they have fetched is told to the desk. */
    async pull(from: string): Promise<string[][]> {
      const box = [...(boxes.get(from)?.entries() ?? [])].sort(([, one], [, other]) => one.order - other.order);
      await desk?.settle(box.map(([outbound]) => ({ outbound, outcome: { is: 'sent', confirmed: true } })));
      boxes.delete(from);
      return box.map(([, { parts }]) => parts);
    },
  };
}
