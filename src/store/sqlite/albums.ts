import type { Id } from '../../domain/chance.ts';
import type { Input } from '../../domain/message.ts';
import type { OpenConversation } from './conversations.ts';
import type { MessageRow } from './message-row.ts';
import type { Part } from './messages.ts';
import type { Parts } from './parts.ts';
import type { Scene } from './scene.ts';

/** What answers to an album are said under while its parts come in. */
const ANSWERS = 'album';

/** The message that a later part of an album joins: the album's first, while no case has it. */
export function albumJoined(parts: Parts, { id, memory }: OpenConversation, input: Input): MessageRow | undefined {
  if (input.type !== 'media' || input.group === undefined || memory.album?.group !== input.group) return undefined;
  const first = parts.messages.byId(memory.album.message);
  return first?.conversation === id && first.case_id === null ? first : undefined;
}

/** Its files and words become the album's; its own row keeps what it is known by. Answers the row's place. */
export function joinAlbum(parts: Parts, scene: Scene, album: MessageRow, part: Part): number {
  const { conversation, input } = part;
  const { now } = scene.chance;
  parts.attachments.keep(input.items, { message: album.id, conversation }, now);
  parts.messages.addFiles(album, part.id, input);
  return parts.messages.receivePart(part, album.id, now);
}

/** Later parts of the same album will join this message. */
export function beginAlbum(scene: Scene, conversation: OpenConversation, input: Input, message: Id): void {
  if (input.type !== 'media' || input.group === undefined) return;
  conversation.memory = { ...conversation.memory, album: { group: input.group, message } };
  scene.changed = true;
}

/** Something else came: what waits to be answered to the album goes out now, before what is said to that. */
export function endAlbum(parts: Parts, scene: Scene, conversation: OpenConversation): void {
  const { album, ...memory } = conversation.memory;
  if (!album) return;
  if (parts.waiting.hasten(conversation, ANSWERS, scene.chance.now)) parts.touched.outbox = true;
  conversation.memory = memory;
  scene.changed = true;
}
