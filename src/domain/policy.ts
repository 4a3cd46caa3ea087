import type { CaseFile } from './case.ts';
import { type Catalogue, stationOf, type Unit, unitById, unitsAbove, unitsBelow } from './catalogue.ts';
import type { Id, Instant } from './chance.ts';
import { type CaseActName, judge, type Standing } from './moves.ts';
import type { Officer } from './officer.ts';
import { type CaseScope, nothing } from './scope.ts';

/** What of a case decides who may see it. */
export type Visible = Pick<CaseFile, 'kind' | 'about' | 'sealed' | 'station' | 'teamConcerned' | 'subjects'>;

/**
 * Which cases an account may see (PRODUCT, "Who uses it, and who may see what").
 * An account that is disabled, or sits where its role can't work, sees none: the safe side of a wrong setting.
 */
export function scopeOf(officer: Officer, catalogue: Catalogue): CaseScope {
  const unit = unitById(catalogue, officer.unit);
  if (!unit || officer.disabledAt !== undefined) return nothing(officer.id);
  const station = stationOf(catalogue, unit.id);
  const common = { notNamingOfficer: officer.id, notNamingUnits: idsOf(unitsAbove(catalogue, unit.id)) };
  switch (officer.role) {
    case 'officer':
      if (!station) return nothing(officer.id);
      return { ...common, stations: [station.id], sealed: 'none', notTeams: ownTeams(catalogue, unit, true), unknownTeam: 'hidden' };
    case 'lead':
      if (!station) return nothing(officer.id);
      return { ...common, stations: [station.id], sealed: 'none', notTeams: ownTeams(catalogue, unit, false), unknownTeam: 'shown' };
    case 'inspector':
      if (station) return nothing(officer.id);
      return { ...common, stations: stationsInspectedFrom(catalogue, unit), sealed: 'all', notTeams: [], unknownTeam: 'shown' };
    case 'administrator':
      return nothing(officer.id);
  }
}

/** Whether a case lies within a scope. Adapters say the same in their own query language; the contract suite proves both equal. */
export function covers(scope: CaseScope, file: Visible): boolean {
  return (
    scope.stations.includes(file.station) &&
    (scope.sealed === 'all' || !file.sealed) &&
    !file.subjects.officers.includes(scope.notNamingOfficer) &&
    !file.subjects.units.some((unit) => scope.notNamingUnits.includes(unit)) &&
    !(aboutService(file) && hiddenTeam(scope, file.teamConcerned))
  );
}

/** A complaint about how a team served: kept from that team, and not sealed. */
export const aboutService = (file: Pick<CaseFile, 'kind' | 'about'>): boolean => file.kind === 'complaint' && file.about === 'service';

/** A complaint about a unit or an officer, or a case anyone has sealed: inspection's alone. */
export const aboutPolice = (file: Pick<CaseFile, 'kind' | 'about' | 'sealed'>): boolean =>
  file.sealed || (file.kind === 'complaint' && (file.about === 'unit' || file.about === 'officer'));

/** Who could, where the officer can't: a standing, not a name. */
export type Who = 'owner' | 'lead' | 'inspector';
export type May = { may: true } | { may: false; why: 'not-your-step'; who: Who } | { may: false; why: 'not-allowed-now' };

/**
 * Whether this officer may do this to a case they can see, by the one table of moves.
 * `now` absent: limits of time are left to the act itself. `as`: one way of it, as an answer's outcome.
 */
export function mayDo(act: CaseActName, officer: Officer, file: CaseFile, catalogue: Catalogue, now?: Instant, as?: string): May {
  const by = standingsOf(officer, file, catalogue);
  const verdict = judge(file, { act, by, ...(now !== undefined && { now }), ...(as !== undefined && { as }) });
  if ('move' in verdict) return { may: true };
  if (verdict.not === 'not-allowed-now' || !verdict.only.some(isOfOfficers)) return { may: false, why: 'not-allowed-now' };
  return { may: false, why: 'not-your-step', who: whoElse(verdict.only, officer, file) };
}

/** In what standings an officer meets a case; none: it does not exist for them. */
export function standingsOf(officer: Officer, file: CaseFile, catalogue: Catalogue): readonly Standing[] {
  if (!covers(scopeOf(officer, catalogue), file)) return [];
  // A complaint about the very unit someone sits at is for others, even where they may read it.
  if (aboutService(file) && file.teamConcerned === officer.unit) return ['reader'];
  const own: Standing[] = file.owner === officer.id ? ['owner'] : [];
  switch (officer.role) {
    case 'officer':
      return file.owner === undefined && !leadHandsOut(file) ? ['reader', 'officer'] : ['reader', ...own];
    case 'lead':
      return ['reader', 'lead', ...own];
    case 'inspector':
      return aboutService(file) || aboutPolice(file) ? ['reader', 'inspector', ...own] : ['reader'];
    case 'administrator':
      return [];
  }
}

/** It came back unsolved and nobody owns it: a lead says who goes on. */
export const leadHandsOut = (file: Pick<CaseFile, 'owner' | 'reopened' | 'status'>): boolean =>
  file.owner === undefined && file.reopened > 0 && file.status === 'in-progress';

/** What only the resident or the clock does is nobody's step at the desk. */
const isOfOfficers = (standing: Standing): boolean => standing !== 'resident' && standing !== 'clock';

function whoElse(only: readonly Standing[], officer: Officer, file: CaseFile): Who {
  if (only.includes('owner') && file.owner !== undefined && file.owner !== officer.id) return 'owner';
  return aboutPolice(file) || (aboutService(file) && officer.role === 'lead') ? 'inspector' : 'lead';
}

const hiddenTeam = (scope: CaseScope, team: Id | undefined): boolean =>
  team === undefined ? scope.unknownTeam === 'hidden' : scope.notTeams.includes(team);

/** The team someone sits in, the teams around and below it; for an officer the station itself too, as its service is theirs. */
function ownTeams(catalogue: Catalogue, unit: Unit, withStation: boolean): Id[] {
  if (unit.kind !== 'team') return withStation ? [unit.id] : [];
  const around = unitsAbove(catalogue, unit.id).filter(({ kind }) => kind === 'team' || (withStation && kind === 'station'));
  return [...new Set(idsOf([...around, ...unitsBelow(catalogue, unit.id)]))];
}

function stationsInspectedFrom(catalogue: Catalogue, unit: Unit): Id[] {
  const bureau = unitsAbove(catalogue, unit.id).find(({ kind }) => kind === 'bureau');
  return bureau ? idsOf(unitsBelow(catalogue, bureau.id).filter(({ kind }) => kind === 'station')) : [];
}

const idsOf = (units: readonly Unit[]): Id[] => units.map(({ id }) => id);
