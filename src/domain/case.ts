import type { Id, Instant } from './chance.ts';

export const caseKinds = ['problem', 'complaint', 'help', 'question', 'dispute', 'suggestion', 'praise', 'follow-up'] as const;
export type CaseKind = (typeof caseKinds)[number];

/** What a complaint is about. */
export const abouts = ['service', 'unit', 'officer'] as const;
export type About = (typeof abouts)[number];

export const caseStatuses = [
  'opened',
  'in-progress',
  'not-accepted',
  'merged',
  'waiting',
  'in-mediation',
  'transferred',
  'answered',
  'closed',
  'withdrawn',
] as const;
export type CaseStatus = (typeof caseStatuses)[number];

/** Still somebody's to do. */
export const openStatuses = ['opened', 'in-progress', 'waiting', 'in-mediation', 'answered'] as const satisfies readonly CaseStatus[];

export const outcomes = ['resolved', 'explained', 'partly', 'unresolved'] as const;
export type Outcome = (typeof outcomes)[number];

/** How a closed case was closed. */
export const confirmations = ['confirmed', 'not-confirmed', 'not-reached'] as const;
export type Confirmation = (typeof confirmations)[number];

/** What was found of what a low rating says, before it is answered. */
export const findings = ['confirmed', 'partly', 'not-found'] as const;
export type Finding = (typeof findings)[number];

/** Why nobody is asked how satisfied they were, where nothing that was said tells. */
export const sparings = ['arrest', 'minor', 'medical'] as const;
export type Sparing = (typeof sparings)[number];

/** The head of a case: everything a rule, a queue or a policy asks of it, and no word of what was said. */
export interface CaseFile {
  id: Id;
  /** 8 letters; see `shownLetters`. */
  reference: string;
  /** Counts events that change the case or come from the resident. */
  version: number;
  kind: CaseKind;
  about?: About;
  /** A catalogue code. */
  topic?: string;
  status: CaseStatus;
  outcome?: Outcome;
  confirmation?: Confirmation;
  sealed: boolean;
  /** Unit ids: where the case lies, the station above it, and the team a complaint about service is about. */
  unit: Id;
  station: Id;
  teamConcerned?: Id;
  area?: string;
  /** The one owner. */
  owner?: Id;
  /** Those a complaint names. */
  subjects: { officers: readonly Id[]; units: readonly Id[] };
  /** Random, per case: what officers call the resident. */
  alias: string;
  locale: string;
  openedAt: Instant;
  /** When something is next owed, and why then; see `dueAt`. Absent where nothing is owed. */
  dueAt?: Instant;
  dueWhy?: DueWhy;
  answeredAt?: Instant;
  closedAt?: Instant;
  /** How often it came back after an answer or a closing, and how often an owner handed it back. */
  reopened: number;
  handedBack: number;
  /** Set at filing by the topic: never invited to rate, never offered mediation. */
  domesticViolence: boolean;
  /** A person has written words that say what happens next. */
  firstAnsweredAt?: Instant;
  /** What was found of what a low rating says; see `findings`. */
  finding?: Finding;
  /** Why its resident is not asked to rate; see `sparings`. */
  spared?: Sparing;
  lastEventSeq?: number;
}

/** Why something is due when it is: data that each locale puts into words (`due.why.*`). */
export interface DueWhy {
  /** A promise's kind: what is owed. */
  promise: string;
  /** The target as configured, ISO 8601 duration: `PT4H` working hours or `P5D` working days. */
  target: string;
  from: Instant;
  /** Local dates (`2026-10-01`) the count passed over, with what they are. */
  skipped: readonly { date: string; why: 'weekend' | 'holiday' | 'closed' }[];
  /** Local dates worked although a weekend. */
  makeUp: readonly string[];
  /** The calendar's data ended before the due day: the date may move. */
  provisional: boolean;
}

/** One line of what the resident filled in, frozen with the question as it was asked. */
export interface Answered {
  step: string;
  asked: string;
  locale: string;
  value: unknown;
  /** The value in the resident's words or the option's label. */
  shown: string;
}

/** Name, phone, place of living: sealed apart from the answers, opened by owner or lead with an audit entry. */
export interface ContactDetails {
  name?: string;
  phone?: string;
  /** How and when to reach the person, in their words. */
  reach?: string;
}

/** What a case says; encrypted under the case's key. */
export interface CaseContent {
  /** One line for a queue. */
  summary: string;
  answers: readonly Answered[];
  /** The complained-about officer as the resident named them. */
  named?: string;
}

export const caseVerbs = [
  'opened',
  'accepted',
  'not-accepted',
  'assigned',
  'taken',
  'handed-back',
  'replied',
  'noted',
  'answered',
  'reopened',
  'closed',
  'withdrawn',
  'passed-to-inspection',
  'message-added',
  'not-yet-sure',
  'said-not-solved',
  'reminded',
  'undelivered',
  'call-owed',
  'verified',
  'planned',
  'met',
  'spared',
  'waiting-started',
  'waiting-ended',
  'mediation-started',
  'mediation-ended',
  'transferred',
  'merged',
  'linked',
  'due-changed',
] as const;
export type CaseVerb = (typeof caseVerbs)[number];

/** Past tense; a fact that happened to a case. */
export interface CaseEvent {
  id: Id;
  /** Its place among the events of its case, from 1: the feed's own count would tell how much happens elsewhere. */
  seq: number;
  case: Id;
  /** The case's version after it. */
  version: number;
  verb: CaseVerb;
  actor: EventActor;
  at: Instant;
  /** A reason in a person's words, encrypted with the case. */
  reason?: string;
  /** Small facts of the verb: `{ to: officerId }`, `{ outcome }`. */
  data?: Record<string, string | number | boolean>;
}

export type EventActor = { kind: 'resident' } | { kind: 'officer'; officer: Id } | { kind: 'clock' };
