import type { Unit } from '../../domain/catalogue.ts';
import type { Officer } from '../../domain/officer.ts';
import type { OfficerView, UnitView } from '../views/officer.ts';
import { type Reader, unitShown } from './reader.ts';

/** An account, without anything that opens it. */
export const officerShown = (officer: Officer, reader: Reader): OfficerView => ({
  username: officer.username,
  role: officer.role,
  unit: unitShown(officer.unit, reader).code,
  publicName: officer.publicName,
  badge: officer.badge ?? null,
  disabled: officer.disabledAt !== undefined,
  mustChangePassword: officer.oneTimeUntil !== undefined,
  version: officer.version,
});

export const unitShownWhole = ({ code, kind, parent, inspects, labels }: Unit, reader: Reader): UnitView => ({
  code,
  kind,
  parent: parent === undefined ? null : unitShown(parent, reader).code,
  inspects,
  labels: { ...labels },
});
