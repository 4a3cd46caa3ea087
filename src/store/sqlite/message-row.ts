import type { Id, Instant } from '../../domain/chance.ts';

/** What was said or heard, as its row has it. */
export interface MessageRow {
  seq: number;
  id: Id;
  conversation: Id | null;
  case_id: Id | null;
  direction: 'in' | 'out';
  from_kind: 'resident' | 'bot' | 'officer';
  hidden: number;
  body: Buffer;
  edits: Buffer | null;
  at: Instant;
  in_reply_to: Id | null;
  state: string | null;
  secret: Buffer | null;
  reason: string | null;
  possibly_repeated: number;
  due_at: Instant | null;
  settled_at: Instant | null;
  sent_at: Instant | null;
}

export const MESSAGE_COLUMNS =
  'seq, id, conversation, case_id, direction, from_kind, hidden, body, edits, at, in_reply_to, state, secret, reason, possibly_repeated, due_at, settled_at, sent_at';

/** The places its sealed columns are sealed for. */
export const whereInMessage = {
  body: (id: Id): string => `messages/body/${id}`,
  edits: (id: Id): string => `messages/edits/${id}`,
  secret: (id: Id): string => `messages/secret/${id}`,
};
