import type { Sparing } from '../domain/case.ts';
import type { Id, Instant } from '../domain/chance.ts';
import type { DecideLowRatings } from '../domain/decision.ts';
import type { Encounter } from '../domain/encounter.ts';
import type { Exclusion } from '../domain/exclusion.ts';
import type { Cell } from '../domain/figures/cells.ts';
import type { OfficerBatch } from '../domain/figures/officer-batches.ts';
import type { Source } from '../domain/rating.ts';
import type { Decided, Reply } from '../domain/reply.ts';
import type { CaseScope } from '../domain/scope.ts';

/** A rating as inspectors see it: never with a conversation, an invitation or a day. */
export interface RatingLine {
  id: Id;
  level: number;
  reasons: readonly string[];
  comment?: string;
  unit: Id;
  topic?: string;
  /** How its resident came to rate. */
  source: Source;
  month: string;
  /** One of very many of its unit on one day, by a code anybody can scan. */
  burst: boolean;
  /** Left out of every figure. */
  excluded?: Exclusion;
}

/** A visit or call about a case, as an officer wrote it down. Whether it was asked about is nobody's to know. */
export interface ContactLine {
  id: Id;
  how: Encounter;
  at: Instant;
  officer: Id;
  unit: Id;
  reference: string;
}

/** Ratings left out of the figures, of a station (or a unit beside all stations) in a calendar year. */
export interface ExcludedCount {
  unit: Id;
  /** `2026`. */
  year: string;
  category: Exclusion;
  count: number;
}

/** Cases whose residents a lead or inspection had not asked, of a station in the calendar year they were opened in. */
export interface SparedCount {
  unit: Id;
  year: string;
  why: Sparing;
  count: number;
}

/** What became of ratings once they were given. */
export interface RatingStore {
  findContacts(scope: CaseScope, after: string | undefined, limit: number): Promise<{ items: readonly ContactLine[]; next?: string }>;
  findRatings(scope: CaseScope, after: string | undefined, limit: number): Promise<{ items: readonly RatingLine[]; next?: string }>;
  /** Leaves a rating out of every figure, or with null counts it again. False where it is not the reader's to see. */
  excludeRating(scope: CaseScope, by: Id, id: Id, category: Exclusion | null): Promise<boolean>;
  /** How many are left out and why: told to everybody. */
  excludedRatings(): Promise<readonly ExcludedCount[]>;
  /** How many were not asked and why, told to everybody; not those under seal, which nobody counts. */
  sparedCases(): Promise<readonly SparedCount[]>;
  /** Once a month: low ratings that are nobody's any more and that nobody asked to have looked into. How many cases it opened. */
  lookIntoLowRatings(decide: DecideLowRatings): Promise<number>;
  /** What ratings of closed months tell of every unit; what could tell of a person is hidden. */
  ratingFigures(): Promise<readonly Cell[]>;
  /** What they tell an officer of themselves. */
  ownFigures(officer: Id): Promise<readonly OfficerBatch[]>;
  /** An officer's word on a batch of theirs, or a better one; `already-done` once it was decided, `not-found` where there is no such batch. */
  replyToRatings(officer: Id, from: string, reply: Pick<Reply, 'text' | 'appeal'>): Promise<void>;
  /** What an officer has said so far. */
  repliesOf(officer: Id): Promise<readonly Reply[]>;
  /** What officers of these stations say, for inspection: appeals nobody decided yet first. */
  findReplies(scope: CaseScope, after: string | undefined, limit: number): Promise<{ items: readonly Reply[]; next?: string }>;
  /** Final. `not-found` out of reach, `already-done` where it was decided, `not-allowed-now` where nothing was asked for. */
  decideAppeal(scope: CaseScope, by: Id, id: Id, decided: Decided): Promise<void>;
}
