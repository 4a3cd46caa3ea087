import type { ServerResponse } from 'node:http';
import type { Known } from '../auth/guard.ts';

/** One open event stream, and how far it has come. */
export interface Line {
  readonly raw: ServerResponse;
  readonly digest: string;
  /** The account as last looked up. */
  known: Known;
  /** The last place in the feed that was looked at for it. */
  cursor: number;
  /** Was told of the emergencies that were open when it came. */
  greeted: boolean;
  /** Those it was told of and that nobody has acknowledged since. */
  emergencies: Set<string>;
}

/** What a slow reader may leave unread before it is cut off: it comes back with its Last-Event-ID and misses nothing. */
const BACKLOG_BYTES = 256 * 1024;

export interface Frame {
  event: 'case' | 'emergency' | 'reset' | 'ready';
  id?: string;
  data: Readonly<Record<string, string | number | boolean>>;
}

/** A frame in the words of the wire (HTML, "Server-sent events"). */
export const encoded = ({ event, id, data }: Frame): string =>
  `event: ${event}\n${id === undefined ? '' : `id: ${id}\n`}data: ${JSON.stringify(data)}\n\n`;

/** Says nothing, and shows both ends that the other is there. */
export const HEARTBEAT = ':\n\n';

export function write(line: Line, text: string): void {
  if (line.raw.destroyed || line.raw.writableEnded) return;
  line.raw.write(text);
  if (line.raw.writableLength > BACKLOG_BYTES) line.raw.destroy();
}
