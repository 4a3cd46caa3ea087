import { idFrom } from '../../domain/chance.ts';
import type { Inbound } from '../../domain/message.ts';
import { albumJoined, beginAlbum, endAlbum, joinAlbum } from './albums.ts';
import { isToPull } from './attachments.ts';
import type { OpenConversation } from './conversations.ts';
import { edit, originalOf } from './edits.ts';
import type { Parts } from './parts.ts';
import type { Scene } from './scene.ts';

/** Stores what came in for the first time: a message, a part of an album, other words for an earlier one. Answers its place. */
export function receive(parts: Parts, scene: Scene, conversation: OpenConversation, inbound: Inbound, key: Buffer): number {
  const { input } = inbound;
  const id = idFrom(scene.chance, 'message');
  if (input.type === 'media' && input.items.some(isToPull)) parts.touched.outbox = true;
  const album = albumJoined(parts, conversation, input);
  if (album && input.type === 'media') {
    scene.inbound = { id: album.id, seq: album.seq, ...(album.case_id !== null && { inCase: true }) };
    return joinAlbum(parts, scene, album, { inbound, input, key, conversation, id });
  }
  endAlbum(parts, scene, conversation);
  const original = originalOf(parts, conversation, input);
  const seq = parts.messages.receive(inbound, key, conversation, { id, now: scene.chance.now, editOfKnown: original !== undefined });
  scene.inbound = { id, seq };
  beginAlbum(scene, conversation, input, id);
  if (original && input.type === 'edited') scene.wordsIn = edit(parts, original, input.text);
  return seq;
}
