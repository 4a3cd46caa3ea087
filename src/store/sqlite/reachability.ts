import type { Instant } from '../../domain/chance.ts';
import type { Outbound } from '../../domain/message.ts';
import type { OpenConversation } from './conversations.ts';
import type { Parts } from './parts.ts';

/** What a turn that loses or finds its resident does to what was to be sent: nothing more goes out, or officers' words go after all. */
export function reachabilityTurned(parts: Parts, conversation: OpenConversation, now: Instant): void {
  if (!conversation.reachable) parts.waiting.holdBack(conversation, now);
  else if (parts.waiting.goAfterAll(conversation, now)) parts.touched.outbox = true;
}

/** Their channel lets us write again: what it held goes before what the turn says, handed back with it where nothing else is on its way. */
export function windowOpened(parts: Parts, conversation: OpenConversation, heldUp: boolean, now: Instant): Outbound[] {
  if (parts.waiting.release(conversation, now)) parts.touched.outbox = true;
  return heldUp ? [] : parts.outbox.lease(conversation, now);
}
