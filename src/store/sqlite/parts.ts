import type { Attachments } from './attachments.ts';
import type { CaseRows } from './case-rows.ts';
import type { Conversations } from './conversations.ts';
import type { Core } from './core.ts';
import type { Messages } from './messages.ts';
import type { Names } from './names.ts';
import type { Outbox } from './outbox.ts';
import type { SearchIndex } from './search.ts';
import type { Settlements } from './settle.ts';
import type { Ties } from './ties.ts';
import type { Waiting } from './waiting.ts';

/** The opened database with its prepared parts. */
export interface Parts extends Core {
  conversations: Conversations;
  names: Names;
  messages: Messages;
  attachments: Attachments;
  caseRows: CaseRows;
  ties: Ties;
  outbox: Outbox;
  waiting: Waiting;
  settlements: Settlements;
  search: SearchIndex;
}
