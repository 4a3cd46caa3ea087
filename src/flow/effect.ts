import type { About, CaseKind, ContactDetails } from '../domain/case.ts';
import type { Catalogue } from '../domain/catalogue.ts';
import type { Id, Instant } from '../domain/chance.ts';
import type { Intake } from '../domain/conversation.ts';
import type { Button, Input, Saying } from '../domain/message.ts';
import type { Level } from '../domain/rating.ts';

/** How a key reads in each language there is: to know a label typed back, and to lay out the lines of a review. `Words` of i18n is one. */
export interface Wording {
  t(key: string, locale: string, values?: Readonly<Record<string, string | number>>): string;
  readonly locales: readonly string[];
}

/** What a step may know while it asks and parses: a snapshot, never a clock or a store. */
export interface Around {
  catalogue: Catalogue;
  locale: string;
  words: Wording;
  now: Instant;
  /** The inbound message of this turn. */
  message: Id;
}

/** One line as the resident filled it in; the desk freezes its question in words. */
export interface Line {
  step: string;
  /** The key the question was asked by, and the values in it. */
  asked: string;
  askedWith?: Readonly<Record<string, string | number>>;
  value: unknown;
  shown: Button['label'];
  /** Contact details: sealed apart, never among the answers. */
  personal: boolean;
}

/** What a finished form asks the desk to do. */
export type Filing =
  | {
      as: 'case';
      kind: CaseKind;
      about?: About;
      topic?: string;
      /** Unit ids: a complaint's team or unit. */
      team?: Id;
      unit?: Id;
      /** The officer complained about, as the resident names them. */
      named?: string;
      reasons?: readonly string[];
      details: string;
      media: readonly Id[];
      contact?: ContactDetails;
      /** The resident's own act in the review: "this is about police". */
      seal: boolean;
    }
  | { as: 'message'; reference: string; text: string; media: readonly Id[] }
  | { as: 'unsolved'; reference: string; wrong: string; sameOfficer?: boolean }
  | { as: 'withdrawal'; reference: string; reason?: string }
  | { as: 'lookup'; reference: string; code: string }
  | { as: 'follow-up'; invitation: Id; wanted: boolean; contact?: ContactDetails; words?: string }
  | { as: 'rating'; invitation: Id; level: Level; reasonsVersion: number; reasons: readonly string[]; comment?: string };

export type Effect =
  | { type: 'say'; saying: Saying }
  /** The question now open; at most one a turn, always last. */
  | { type: 'ask'; step: string; saying: Saying }
  | { type: 'file'; filing: Filing; lines: readonly Line[] }
  | { type: 'abandoned' }
  /** The resident wants a person: what was said so far becomes a help case, sealed where it is about police. */
  | { type: 'human'; filing: Extract<Filing, { as: 'case' }>; lines: readonly Line[] }
  /** Fits no step: the desk offers it to a case or a door, and drops nothing. */
  | { type: 'unfit'; input: Input };

export interface Turn {
  intake: Intake;
  effects: readonly Effect[];
}
