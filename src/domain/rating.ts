import type { Id, Instant } from './chance.ts';

/** 5 very satisfied … 1 very dissatisfied; 2 and 1 are low. */
export type Level = 1 | 2 | 3 | 4 | 5;

/** The right to rate one contact once, and to change that rating until it expires. */
export interface Invitation {
  id: Id;
  contact: Id;
  /** Of the case it is about. */
  reference?: string;
  expiresAt: Instant;
  /** The rating it was used for stands, and can still be changed. */
  used: boolean;
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
