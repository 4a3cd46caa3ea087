import type { Id } from '../../domain/chance.ts';
import type { Body } from '../../domain/message.ts';
import type { ThreadMessage } from '../store.ts';
import { shown } from './attachments.ts';
import type { KeptBody } from './kept-body.ts';
import { MESSAGE_COLUMNS, type MessageRow, whereInMessage } from './message-row.ts';
import type { Parts } from './parts.ts';

/** How far back a tapped button's label is looked for. */
const LABELS_WITHIN = 20;

/**
 * A conversation as its own resident reads it again, what went under seal included; oldest first after a place.
 * What is kept for later is not there yet; what was said to be sent at once is, also where the clock was put back since.
 */
export function readThread(
  parts: Parts,
  who: { channel: string; bot: string; address: string },
  after: number,
  limit: number,
): ThreadMessage[] {
  const conversation = parts.conversations.find(who);
  if (!conversation) return [];
  const sealed = JSON.stringify(conversation.memory.sealedCases);
  const rows = parts
    .statement<[{ id: Id; sealed: string; after: number; limit: number; now: number }], MessageRow & { attempts: number }>(
      `select ${MESSAGE_COLUMNS}, attempts from messages where seq > @after and seq in (
         select seq from (select seq from messages where conversation = @id and seq > @after order by seq limit @limit)
         union
         select seq from (select seq from messages where conversation is null and case_id in (select value from json_each(@sealed)) and seq > @after order by seq limit @limit))
       and (direction = 'in' or state <> 'pending' or attempts > 0 or due_at <= max(@now, at))
       order by seq limit @limit`,
    )
    .all({ id: conversation.id, sealed, after, limit, now: parts.now() });
  const bodies = rows.map((row) => ({ row, body: parts.messages.body(row) }));
  const labels = labelsOf(parts, conversation.id, rows[0]?.seq ?? 0, bodies);
  return bodies.flatMap(({ row, body }) => {
    const line = lineOf(parts, row, body, labels);
    return line ? [line] : [];
  });
}

function lineOf(parts: Parts, row: MessageRow, kept: KeptBody, labels: ReadonlyMap<string, string>): ThreadMessage | undefined {
  const { updateId, tap, place: _place, captions: _captions, ...body } = kept;
  const text = tap === undefined ? body.text : (labels.get(tap) ?? '');
  // Nothing to show: a tap whose button is gone, an update nobody can read.
  if (row.direction === 'in' && text === '' && (body.media?.length ?? 0) === 0) return undefined;
  return {
    id: row.id,
    seq: row.seq,
    at: row.at,
    body: withMedia(parts, row.id, { ...body, text }),
    ...(updateId !== undefined && { updateId }),
    ...(row.secret && row.state !== 'sent' && { secret: parts.keys.openText(whereInMessage.secret(row.id), row.secret) }),
  };
}

/** Files as they are by now: a pulled one may have arrived since. */
export function withMedia(parts: Parts, id: Id, body: Body): Body {
  if (!body.media || body.media.length === 0) return body;
  const now = new Map(parts.attachments.ofMessage(id).map((row) => [row.id, shown(row)]));
  return { ...body, media: body.media.map((media) => now.get(media.id) ?? media) };
}

/** What the buttons said that were offered in these lines, and shortly before them. */
function labelsOf(
  parts: Parts,
  conversation: Id,
  before: number,
  bodies: readonly { row: MessageRow; body: KeptBody }[],
): ReadonlyMap<string, string> {
  const labels = new Map<string, string>();
  if (!bodies.some(({ body }) => body.tap !== undefined)) return labels;
  const earlier = parts
    .statement<[Id, number, number], { id: Id; body: Buffer }>(
      "select id, body from messages where conversation = ? and seq < ? and direction = 'out' order by seq desc limit ?",
    )
    .all(conversation, before, LABELS_WITHIN);
  for (const body of [...earlier.reverse().map((row) => parts.messages.body(row)), ...bodies.map(({ body }) => body)]) {
    for (const { tap, label } of (body.buttons ?? []).flat()) labels.set(tap, label);
  }
  return labels;
}
