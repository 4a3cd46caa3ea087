import type { Id, Instant } from './chance.ts';
import type { Officer } from './officer.ts';

/** 5 very satisfied … 1 very dissatisfied; 2 and 1 are low. */
export type Level = 1 | 2 | 3 | 4 | 5;

/**
 * How a resident came to rate; never added up. `invited`: asked by the system, in private. `met`: so too, after
 * a visit or call that an officer chose to write down. `again`: asked once more after a
 * follow-up. `assisted`: on the station's own screen. `walk-in`: by a printed code, which officers hold too.
 */
export const sources = ['invited', 'met', 'again', 'assisted', 'walk-in'] as const;
export type Source = (typeof sources)[number];

/** The right to rate one contact once, and to change that rating until it expires. */
export interface Invitation {
  id: Id;
  contact: Id;
  /** Of the case it is about. */
  reference?: string;
  /** Whether that case is under seal: what follows from it goes there too. */
  sealed: boolean;
  expiresAt: Instant;
  /** The rating it was used for: it stands, and can still be changed. */
  given?: RatingGiven;
  /** Somebody already follows it up with this resident. */
  followed: boolean;
  source: Source;
  unit: Id;
  /** Who is rated. */
  officer?: Pick<Officer, 'id' | 'publicName'>;
  topic?: string;
}

export interface RatingGiven {
  level: Level;
  reasonsVersion: number;
  reasons: readonly string[];
  comment?: string;
}
