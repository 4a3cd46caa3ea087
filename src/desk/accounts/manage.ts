import { type Catalogue, stationOf, unitById } from '../../domain/catalogue.ts';
import type { Officer, Role } from '../../domain/officer.ts';

/**
 * Who may make or change an account: administrators, and for whatever touches an inspector, inspectors alone.
 * `before` and `after` are the account's roles; absent where there is none yet, or where it stays.
 */
export function mayManage(by: Officer, before: Role | undefined, after: Role | undefined): boolean {
  const touchesInspector = before === 'inspector' || after === 'inspector';
  return by.role === (touchesInspector ? 'inspector' : 'administrator');
}

/** Whether an account of this role can work in this unit: inspectors sit where inspection sits and nobody else does; officers and leads in a station. */
export function fitsUnit(role: Role, unit: string, catalogue: Catalogue): boolean {
  const found = unitById(catalogue, unit);
  if (!found) return false;
  if (role === 'inspector') return found.inspects;
  if (role === 'administrator') return !found.inspects;
  return stationOf(catalogue, unit) !== undefined;
}

/** Whose accounts one may list: everyone's for administrators and inspectors, of one's own station else (to hand a case to). */
export function mayList(by: Officer, other: Officer, catalogue: Catalogue): boolean {
  if (by.role === 'administrator' || by.role === 'inspector') return true;
  const station = stationOf(catalogue, by.unit);
  return station !== undefined && stationOf(catalogue, other.unit)?.id === station.id;
}
