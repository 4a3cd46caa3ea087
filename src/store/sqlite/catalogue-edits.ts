import { eq, sql } from 'drizzle-orm';
import { type StationSettings, type Unit, unitByCode, unitById, unitsBelow } from '../../domain/catalogue.ts';
import { type Id, idFrom } from '../../domain/chance.ts';
import { Refused } from '../../domain/refusal.ts';
import { DESK_CHAIN } from './audit.ts';
import { keepOnce, madeOnce, type Once } from './once.ts';
import type { Parts } from './parts.ts';
import { settings, units } from './schema/catalogue.ts';

/** Changes what the station says of itself; within a write. */
export function saveSettings(parts: Parts, by: Id | 'command-line', change: Partial<StationSettings>): void {
  const value = { ...parts.catalogue().settings, ...change };
  parts.db.update(settings).set({ value }).where(eq(settings.name, 'station')).run();
  parts.audit({ chain: DESK_CHAIN, actor: by, verb: 'settings-changed', subject: Object.keys(change).sort().join(' '), change });
  risen(parts);
}

/** Adds a unit or changes one; its code stays its own, and it never comes to lie below itself. */
export function saveUnit(parts: Parts, by: Id | 'command-line', unit: Omit<Unit, 'id'> & { id?: Id }, once?: Once): Id {
  const made = once && madeOnce(parts, by, once);
  if (made === 'key-reused') throw new Refused(made);
  if (made?.made) return made.made;
  const catalogue = parts.catalogue();
  const before = unit.id === undefined ? undefined : unitById(catalogue, unit.id);
  if (unit.id !== undefined && !before) throw new Refused('not-found');
  const namesake = unitByCode(catalogue, unit.code);
  if (namesake && namesake.id !== before?.id) throw new Refused('already-done', { code: unit.code });
  if (unit.parent !== undefined && !unitById(catalogue, unit.parent)) throw new Refused('invalid', { parent: unit.parent });
  if (before && unit.parent !== undefined && unitsBelow(catalogue, before.id).some(({ id }) => id === unit.parent)) {
    throw new Refused('invalid', { parent: unit.parent });
  }
  const id = before?.id ?? idFrom(parts.chance(), 'unit');
  const { code, kind, parent, inspects, labels, validUntil } = unit;
  const row = { id, code, kind, parent: parent ?? null, inspects: inspects ? 1 : 0, labels, validUntil: validUntil ?? null };
  parts.db.insert(units).values(row).onConflictDoUpdate({ target: units.id, set: row }).run();
  parts.audit({ chain: DESK_CHAIN, actor: by, verb: before ? 'unit-changed' : 'unit-added', subject: code, change: row });
  risen(parts);
  if (once) keepOnce(parts, by, once, { reference: code, version: 1, made: id });
  return id;
}

function risen(parts: Parts): void {
  parts.db
    .update(settings)
    .set({ value: sql`json(${settings.value} + 1)` })
    .where(eq(settings.name, 'catalogue-version'))
    .run();
  parts.configured();
}
