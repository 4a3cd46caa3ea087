import type { Id } from '../../domain/chance.ts';
import type { OpenConversation } from './conversations.ts';
import { offer } from './offered.ts';
import type { Parts } from './parts.ts';
import type { Scene } from './scene.ts';

/** So many come at once: a channel may not let us write more. */
const AT_ONCE = 5;

/** What was said unasked under seal, and of which its resident has had a notice at most; oldest first. */
export const veiledOf = (parts: Parts, { memory }: Pick<OpenConversation, 'memory'>): { seq: number; id: Id; body: Buffer }[] =>
  parts
    .statement<[string, number], { seq: number; id: Id; body: Buffer }>(
      `select seq, id, body from messages where conversation is null and case_id in (select value from json_each(?))
         and direction = 'out' and state = 'waiting' and in_reply_to is null order by seq limit ?`,
    )
    .all(JSON.stringify(memory.sealedCases), AT_ONCE);

/** They go again, this time with their words; what they give to choose from is what was shown last. */
export function unveil(parts: Parts, scene: Scene): void {
  const { conversation, inbound, chance } = scene;
  if (!conversation || !inbound) throw new Error('nobody-asked');
  const veiled = veiledOf(parts, conversation);
  for (const { seq } of veiled) parts.waiting.goAgain(seq, chance.now);
  conversation.memory = { ...conversation.memory, unveiled: veiled.map(({ id }) => id) };
  if (scene.numbered) for (const row of veiled) offer(conversation, { seq: inbound.seq, body: parts.messages.body(row) });
  scene.changed = true;
  parts.touched.outbox = true;
}
