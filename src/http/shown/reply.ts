import type { Reply } from '../../domain/reply.ts';
import type { OwnFigureView, ReplyView } from '../views/figures.ts';
import { type Reader, unitShown } from './reader.ts';

/** An officer's own word, for them. */
export const repliedShown = (reply: Reply | undefined): OwnFigureView['reply'] =>
  reply ? { text: reply.text, appeal: reply.appeal ?? null, decision: reply.decision ?? null } : null;

/** The same for inspection, with who says it. */
export function replyShown(reply: Reply, reader: Reader): ReplyView {
  const { id, from, to, unit, text, appeal, decision } = reply;
  const officer = reader.officer(reply.officer);
  const by = officer ? { username: officer.username, publicName: officer.publicName } : null;
  return { id, by, unit: unitShown(unit, reader), from, to, text, appeal: appeal ?? null, decision: decision ?? null };
}
