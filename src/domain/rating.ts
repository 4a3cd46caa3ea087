import type { Id, Instant } from './chance.ts';

/** 5 very satisfied … 1 very dissatisfied; 2 and 1 are low. */
export type Level = 1 | 2 | 3 | 4 | 5;

/** A one-use right to rate one contact. */
export interface Invitation {
  id: Id;
  contact: Id;
  case?: Id;
  expiresAt: Instant;
  usedAt?: Instant;
  /** For the words of the question: never the officer's choice. */
  unit: Id;
  topic?: string;
}

export interface RatingGiven {
  level: Level;
  reasonsVersion: number;
  reasons: readonly string[];
  comment?: string;
}
