import type { Id } from '../../domain/chance.ts';
import type { CaseDesk } from '../../domain/decision.ts';
import type { DeliveryState } from '../../domain/message.ts';
import type { Officer } from '../../domain/officer.ts';
import { type CaseRow, contentOf, fileOf } from './case-row.ts';
import { invitationOfCase, metOf } from './contacts.ts';
import { dangerIn } from './emergencies.ts';
import type { Parts } from './parts.ts';
import { promisesOf } from './promises.ts';

interface Said {
  id: Id;
  state: string;
  at: number;
  sent_at: number | null;
  seq: number;
}

/** What asked "solved?", then what a person wrote. */
const ASKED = ['answer', 'ask-again'];

/** All that an act on a case, or a promise that is due, is decided from. */
export function caseDesk(parts: Parts, row: CaseRow, names: readonly string[]): CaseDesk {
  const conversation = residentOf(parts, row.id);
  const { asked, open: invitation } = invitationOfCase(parts, row.id);
  const met = metOf(parts, row.id);
  const answer = lastSaid(parts, row.id, ASKED) ?? lastSaid(parts, row.id, ['officer']);
  const reminder = lastSaid(parts, row.id, ['reminder']);
  const sentAt = (said: Said) => (said.sent_at === null ? {} : { sentAt: said.sent_at });
  return {
    file: fileOf(row),
    content: contentOf(parts.keys, row),
    promises: promisesOf(parts, row.id),
    ...(conversation && { resident: conversation }),
    ...(answer && { lastAnswer: { outbound: answer.id, state: deliveryState(answer.state), at: answer.at, ...sentAt(answer) } }),
    ...(reminder && (!answer || reminder.seq > answer.seq) && { reminder: { state: deliveryState(reminder.state), ...sentAt(reminder) } }),
    officers: officersNamed(parts, names, row.owner),
    catalogue: parts.catalogue(),
    invited: asked,
    ...(dangerIn(parts, row.id) && { danger: true as const }),
    ...(invitation && { invitation }),
    ...(met && { met }),
  };
}

/** The same for an act that opens a case. */
export const emptyDesk = (parts: Parts, names: readonly string[]): CaseDesk => ({
  promises: [],
  officers: officersNamed(parts, names, null),
  catalogue: parts.catalogue(),
  invited: false,
});

/** A lease is the sender's own matter: what is leased is still pending for people. */
export const deliveryState = (state: string): DeliveryState => (state === 'leased' ? 'pending' : (state as DeliveryState));

function residentOf(parts: Parts, id: Id): CaseDesk['resident'] {
  const conversation = parts.ties.conversationOf(id);
  const open = conversation === undefined ? undefined : parts.conversations.byId(conversation);
  return open && { conversation: open.id, channel: open.channel, locale: open.locale, reachable: open.reachable };
}

function lastSaid(parts: Parts, id: Id, purposes: readonly string[]): Said | undefined {
  const marks = purposes.map(() => '?').join(', ');
  return parts
    .statement<unknown[], Said>(
      `select id, state, at, sent_at, seq from messages where case_id = ? and direction = 'out' and purpose in (${marks}) order by seq desc limit 1`,
    )
    .get(id, ...purposes);
}

function officersNamed(parts: Parts, names: readonly string[], owner: Id | null): Officer[] {
  return [...parts.officers().values()].filter(({ id, username }) => id === owner || names.includes(username));
}
