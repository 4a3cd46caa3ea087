import type { Id, Instant } from '../../domain/chance.ts';
import type { Pulled } from '../../domain/message.ts';
import type { Claimed, Render } from '../store.ts';
import { type AttachmentRow, isToPull } from './attachments.ts';
import type { Parts } from './parts.ts';
import { say } from './say.ts';
import type { Scene } from './scene.ts';

/** Leases files that their channel still has, each to be pulled by one run at a time. */
export function claimPulls(parts: Parts, limit: number, until: Instant): Claimed['toPull'] {
  return parts.attachments.toPull(parts.now(), limit).flatMap((row) => {
    const channel = conversationOf(parts, row)?.channel;
    if (channel === undefined) {
      // Nobody is left to pull it from.
      parts.attachments.pullAt(row.id, null);
      return [];
    }
    parts.attachments.lease(row.id, until);
    return [{ media: parts.attachments.opened(row), channel, pulls: row.pulls }];
  });
}

/** What came of pulling one, and the word for it; once. */
export function settlePull(parts: Parts, pulled: Pulled, render?: Render): void {
  const row = parts.attachments.byId(pulled.media.id);
  if (!row || !isToPull(row)) return;
  if ('later' in pulled) {
    parts.attachments.pullAt(row.id, pulled.later);
    return;
  }
  parts.attachments.settle(row, pulled.media);
  if (!pulled.say) return;
  if (!render) throw new Error('no-words-for-a-lost-file');
  const leased = say(parts, sceneOf(parts, row), [pulled.say], render);
  // Nobody here sends it: it waits for whoever claims next.
  parts.outbox.giveBack(leased.map(({ id }) => id));
}

/** Said in answer to the file's message, with which it goes under seal later; where that lies under seal, in its lane alone. */
function sceneOf(parts: Parts, row: AttachmentRow): Scene {
  const conversation = conversationOf(parts, row);
  const message = parts.messages.byId(row.message);
  return {
    chance: parts.chance(),
    actor: 'clock',
    ...(conversation && { conversation }),
    ...(row.conversation === null && row.case_id !== null
      ? { inboundSealedInto: row.case_id }
      : message && { inbound: { id: message.id, seq: message.seq } }),
    changed: false,
    filedSealed: [],
    answered: new Set<Id>(),
  };
}

function conversationOf(parts: Parts, { conversation, case_id }: AttachmentRow) {
  const id = conversation ?? (case_id === null ? undefined : parts.ties.conversationOf(case_id));
  return id === undefined ? undefined : parts.conversations.byId(id);
}
