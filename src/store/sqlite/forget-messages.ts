import { inArray } from 'drizzle-orm';
import type { Id } from '../../domain/chance.ts';
import type { Intake } from '../../domain/conversation.ts';
import type { MessageRow } from './message-row.ts';
import type { Parts } from './parts.ts';
import { emergencies } from './schema/cases.ts';

/**
 * What a resident said, what was answered to it, its files and what the conversation remembers of it are no more.
 * `subject`: forms about it go too. What lies in a case or raised an alarm is that case's and that alarm's, and stays.
 */
export function forgetMessages(parts: Parts, ids: readonly Id[], subject: string): void {
  const alarms = new Set(
    parts.db
      .select({ message: emergencies.message })
      .from(emergencies)
      .where(inArray(emergencies.message, [...ids]))
      .all()
      .map(({ message }) => message),
  );
  const rows = ids.filter((id) => !alarms.has(id)).flatMap((id) => rowsOf(parts, id));
  const loose = rows.filter(({ case_id }) => case_id === null);
  for (const conversation of new Set(loose.flatMap(({ conversation: id }) => id ?? []))) {
    forgetInMemory(
      parts,
      conversation,
      loose.map((row) => parts.messages.body(row).text),
      subject,
    );
  }
  for (const { id, seq } of loose) {
    parts.statement('delete from attachments where message = ?').run(id);
    parts.statement('delete from outbound_parts where message = ?').run(id);
    parts.search.remove(seq);
    parts.statement('delete from messages where seq = ?').run(seq);
  }
}

function rowsOf(parts: Parts, id: Id): MessageRow[] {
  return [id, ...parts.messages.replies(id)].flatMap((one) => parts.messages.byId(one) ?? []);
}

function forgetInMemory(parts: Parts, id: Id, texts: readonly string[], subject: string): void {
  const conversation = parts.conversations.byId(id);
  if (!conversation) return;
  const { intake, lastTexts, parked, ...rest } = conversation.memory;
  const isOther = (form: Intake): boolean => form.subject !== subject;
  conversation.memory = {
    ...rest,
    ...(intake && isOther(intake) && { intake }),
    parked: parked.filter(isOther),
    lastTexts: lastTexts.filter((text) => !texts.includes(text)),
  };
  parts.conversations.remember(conversation);
}
