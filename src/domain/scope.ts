import type { Id } from './chance.ts';

/**
 * Which cases a reader may see, as data: an adapter turns it into WHERE, `covers(scope, case)` into yes or no,
 * and the contract suite proves both equal. There is no read without one.
 */
export interface CaseScope {
  /** Station ids whose cases are in reach; none: nothing is. */
  stations: readonly Id[];
  sealed: 'none' | 'all';
  /** Complaints about service of these teams are out of sight; `unknownTeam` also those that name no team. */
  notTeams: readonly Id[];
  unknownTeam: 'hidden' | 'shown';
  /** Cases that name this officer, or one of these units, are out of sight. */
  notNamingOfficer: Id;
  notNamingUnits: readonly Id[];
}

/** Sees no case at all: administrators. */
export const nothing = (officer: Id): CaseScope => ({
  stations: [],
  sealed: 'none',
  notTeams: [],
  unknownTeam: 'hidden',
  notNamingOfficer: officer,
  notNamingUnits: [],
});
