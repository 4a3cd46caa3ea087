import type { Id } from '../../domain/chance.ts';
import type { Input } from '../../domain/message.ts';
import type { OpenConversation } from './conversations.ts';
import type { MessageRow } from './message-row.ts';
import type { Parts } from './parts.ts';
import { heardAgain, indexEdited } from './sealing.ts';

/** The message whose words an edit changes: one this conversation sent, or that lies in a sealed case of its own. */
export function originalOf(parts: Parts, { id, channel, memory }: OpenConversation, input: Input): MessageRow | undefined {
  if (input.type !== 'edited') return undefined;
  const isOwn = ({ conversation, case_id }: MessageRow) =>
    conversation === id || (conversation === null && case_id !== null && memory.sealedCases.includes(case_id));
  return parts.names.find(channel, input.messageId).find((row) => row.direction === 'in' && isOwn(row));
}

/** Gives it its new words, keeping the old; for a part of an album, in the album. Where a case has it, it is unread again. Answers the message that shows them. */
export function edit(parts: Parts, original: MessageRow, text: string): Id {
  const shown = (original.in_reply_to === null ? undefined : parts.messages.byId(original.in_reply_to)) ?? original;
  parts.messages.edit(shown, original.id, text);
  indexEdited(parts, shown.id);
  if (shown.case_id !== null && shown.hidden === 0) heardAgain(parts, shown.case_id);
  return shown.id;
}
