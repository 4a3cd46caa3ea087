import type { OfficerView, UnitView } from '../../http/views/officer.ts';
import { roles } from '../words/codes.ts';

type Role = OfficerView['role'];

/** Administrators keep accounts, inspectors those of inspectors. The server decides again. */
export const mayKeep = (me: Role, role: Role): boolean => me === (role === 'inspector' ? 'inspector' : 'administrator');

/** The roles one may give. */
export const rolesGivenBy = (me: Role): readonly Role[] => roles.filter((role) => mayKeep(me, role));

const inStation = (unit: UnitView, units: readonly UnitView[]): boolean =>
  unit.kind === 'station' || units.some((above) => above.code === unit.parent && inStation(above, units));

/** Where an account of a role can sit: inspectors where inspection sits, officers and leads in a station. */
export const unitsFor = (role: Role, units: readonly UnitView[]): readonly UnitView[] =>
  units.filter((unit) => {
    if (role === 'inspector') return unit.inspects;
    if (role === 'administrator') return !unit.inspects;
    return inStation(unit, units);
  });
