import type { Id } from '../../domain/chance.ts';
import type { Input } from '../../domain/message.ts';
import type { OpenConversation } from './conversations.ts';
import type { MessageRow } from './message-row.ts';
import type { Part } from './messages.ts';
import type { Parts } from './parts.ts';
import type { Scene } from './scene.ts';
import { heardAgain, indexEdited } from './sealing.ts';

/** What answers to an album are said under while its parts come in. */
const ANSWERS = 'album';

/** The message that a later part of an album joins: the album's first, wherever that lies by now. */
export function albumJoined(parts: Parts, { memory }: OpenConversation, input: Input): MessageRow | undefined {
  if (input.type !== 'media' || input.group === undefined || memory.album?.group !== input.group) return undefined;
  return parts.messages.byId(memory.album.message);
}

/** Its files and words become the album's, in a case too; its own row keeps what it is known by. Answers the row's place. */
export function joinAlbum(parts: Parts, scene: Scene, album: MessageRow, part: Part): number {
  const { conversation, input } = part;
  const { now } = scene.chance;
  parts.attachments.keep(input.items, { message: album.id, conversation }, now);
  parts.messages.addFiles(album, part.id, input);
  const seq = parts.messages.receivePart(part, album.id, now);
  if (album.case_id !== null) followIntoCase(parts, scene, album, part.id);
  return seq;
}

/** A part comes to an album that its first has brought into a case: its files lie under the case's key, and the case is unread again. */
function followIntoCase(parts: Parts, scene: Scene, album: MessageRow, part: Id): void {
  const file = parts.caseRows.orThrow(album.case_id ?? '');
  scene.wordsIn = album.id;
  parts.attachments.moveInto(file, album.id);
  indexEdited(parts, album.id);
  if (album.hidden === 0) heardAgain(parts, file.id);
  if (file.sealed === 0) return;
  parts.messages.moveInto(file, part, true);
  scene.inboundSealedInto = file.id;
  parts.emptyLog();
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
