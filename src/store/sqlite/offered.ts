import type { Body } from '../../domain/message.ts';
import type { OpenConversation } from './conversations.ts';

/** What a saying gives to choose from, as taps in text, in the order shown. */
const tapsOf = ({ buttons = [] }: Body): string[] => buttons.flat().map(({ tap }) => tap);

/** Remembers what was shown last to choose from; false where there is nothing to remember. */
export function offer(
  conversation: Pick<OpenConversation, 'memory'>,
  { seq, body, unasked }: { seq: number; body: Body; unasked?: true },
): boolean {
  const taps = tapsOf(body);
  const { offered } = conversation.memory;
  if (taps.length === 0 || (offered && offered.seq > seq)) return false;
  conversation.memory = { ...conversation.memory, offered: { seq, taps, ...(unasked && { unasked }) } };
  return true;
}
