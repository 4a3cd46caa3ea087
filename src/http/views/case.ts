import { z } from 'zod';
import { abouts, caseKinds, caseStatuses, caseVerbs, confirmations, findings, outcomes, sparings } from '../../domain/case.ts';
import { encounters } from '../../domain/encounter.ts';
import { deliveryStates } from '../../domain/message.ts';
import { caseActs } from '../../domain/moves.ts';
import { instant, page } from './list.ts';

export const dueWhyView = z.object({
  promise: z.string(),
  target: z.string(),
  from: instant,
  skipped: z.array(z.object({ date: z.string(), why: z.enum(['weekend', 'holiday', 'closed']) })),
  makeUp: z.array(z.string()),
  provisional: z.boolean(),
});
export const dueView = z.object({ at: instant, why: dueWhyView.nullable() });

export const mediaView = z.object({
  id: z.string(),
  kind: z.enum(['photo', 'voice', 'audio', 'video', 'document']),
  mime: z.string().nullable(),
  bytes: z.number().int().nullable(),
  state: z.enum(['stored', 'stub', 'gone']),
  why: z.string().nullable(),
});

export const deliveryView = z.object({
  state: z.enum(deliveryStates),
  at: instant,
  reason: z.string().nullable(),
  possiblyRepeated: z.boolean(),
});

/** In the order they were said. Their place among all messages stays out: gaps would count what is said elsewhere. */
export const messageView = z.object({
  id: z.string(),
  at: instant,
  from: z.enum(['resident', 'bot', 'officer']),
  signature: z.string().nullable(),
  text: z.string(),
  edits: z.array(z.string()),
  media: z.array(mediaView),
  delivery: deliveryView.nullable(),
});
export type MessageView = z.infer<typeof messageView>;

export const eventView = z.object({
  /** Its place among the events of this case, from 1. */
  seq: z.number().int(),
  verb: z.enum(caseVerbs),
  at: instant,
  /** `resident`, `clock`, or an officer's public name. */
  by: z.string(),
  reason: z.string().nullable(),
  data: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
});
export type EventView = z.infer<typeof eventView>;

const head = {
  reference: z.string(),
  kind: z.enum(caseKinds),
  about: z.enum(abouts).nullable(),
  topic: z.object({ code: z.string(), label: z.string() }).nullable(),
  status: z.enum(caseStatuses),
  outcome: z.enum(outcomes).nullable(),
  confirmation: z.enum(confirmations).nullable(),
  finding: z.enum(findings).nullable(),
  spared: z.enum(sparings).nullable(),
  sealed: z.boolean(),
  version: z.number().int(),
  unit: z.object({ code: z.string(), label: z.string() }),
  area: z.string().nullable(),
  assignee: z.object({ username: z.string(), publicName: z.string() }).nullable(),
  openedAt: instant,
  due: dueView.nullable(),
  summary: z.string(),
};

export const caseLine = z.object({ ...head, unread: z.boolean(), delivery: z.enum(deliveryStates).nullable(), alias: z.string() });
export type CaseLineView = z.infer<typeof caseLine>;

export const caseView = z.object({
  ...head,
  resident: z.object({ alias: z.string(), channel: z.string(), reachable: z.boolean(), hasContact: z.boolean() }),
  named: z.string().nullable(),
  answers: z.array(z.object({ step: z.string(), asked: z.string(), shown: z.string() })),
  messages: z.array(messageView),
  events: z.array(eventView),
  notes: z.array(z.object({ id: z.string(), at: instant, by: z.string(), text: z.string() })),
  attachments: z.array(mediaView),
  /** Reopened, handed back, answered and closed. */
  reopened: z.number().int(),
  answeredAt: instant.nullable(),
  closedAt: instant.nullable(),
  /** What the signed-in officer may do next, from the one table of moves; the console shows just these. */
  may: z.array(z.enum(caseActs)),
});
export type CaseView = z.infer<typeof caseView>;

/** In the path: case, spaces and hyphens don't matter. */
export const byReference = z.object({ reference: z.string() });

export const caseQuery = z.object({
  ...page,
  /** One or several statuses, comma between; `open` stands for all that are still somebody's to do. */
  status: z.string().max(200).optional(),
  kind: z.enum(caseKinds).optional(),
  topic: z.string().max(64).optional(),
  unit: z.string().max(64).optional(),
  area: z.string().max(64).optional(),
  assignee: z.string().max(64).optional(),
  due: z.enum(['overdue', 'today']).optional(),
  q: z.string().max(100).optional(),
  sort: z.enum(['due', 'opened', 'updated']).default('due'),
});
/** `total` stops counting at 1,000; `totalIsFloor` says so. */
export const caseList = z.object({
  items: z.array(caseLine),
  nextCursor: z.string().optional(),
  total: z.number().int(),
  totalIsFloor: z.boolean(),
});
export type CaseList = z.infer<typeof caseList>;

/** On a resident's behalf, at the counter or on the phone. */
export const newCase = z.object({
  kind: z.enum(caseKinds).exclude(['follow-up']),
  about: z.enum(abouts).optional(),
  topic: z.string().max(64).optional(),
  unit: z.string().max(64).optional(),
  details: z.string().trim().min(2).max(4000),
  named: z.string().trim().max(200).optional(),
  place: z.string().trim().max(300).optional(),
  contact: z
    .object({
      name: z.string().trim().max(60).optional(),
      phone: z.string().trim().max(40).optional(),
      reach: z.string().trim().max(200).optional(),
    })
    .optional(),
  source: z.enum(['counter', 'phone', 'visit']),
});
/** The query code is in this answer and nowhere else: hand it to the resident. */
export const caseMade = z.object({ reference: z.string(), version: z.number().int(), code: z.string().optional() });

const words = z.string().trim().min(1).max(4000);
export const reply = z.object({ text: words });
export const note = z.object({ text: words });
export const assignee = z.object({ username: z.string().min(1).max(64).nullable(), reason: z.string().trim().max(500).optional() });
export const acceptance = z.object({
  accepted: z.boolean().default(true),
  reason: z.string().trim().max(500).optional(),
  instead: z.string().trim().max(300).optional(),
});
export const sparing = z.object({ why: z.enum(sparings) });
export const finding = z.object({ finding: z.enum(findings), text: words });
export const meeting = z.object({ how: z.enum(encounters) });
/** Whether its resident was asked how it was is in no answer. */
export const contactLine = z.object({
  id: z.string(),
  reference: z.string(),
  how: z.enum(encounters),
  at: instant,
  by: z.object({ username: z.string(), publicName: z.string() }).nullable(),
  unit: z.object({ code: z.string(), label: z.string() }),
});
export const planned = z.object({ until: z.iso.date(), text: words });
export const answer = z.object({ outcome: z.enum(outcomes), text: words });
export const reopening = z.object({ reason: z.string().trim().min(1).max(500) });
export const withdrawal = z.object({ words: z.string().trim().min(1).max(500) });
export const sealing = z.object({ reason: z.string().trim().min(1).max(500) });
export const closure = z.object({ confirmation: z.enum(confirmations), reason: z.string().trim().min(1).max(500) });
/** After a write: the new version, and the message it made. */
export const written = z.object({ reference: z.string(), version: z.number().int(), made: z.string().optional() });
export const replied = z.object({ message: messageView, version: z.number().int() });
export const contactView = z.object({ name: z.string().nullable(), phone: z.string().nullable(), reach: z.string().nullable() });
