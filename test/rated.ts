import { randomUUID } from 'node:crypto';
import type Database from 'better-sqlite3';
import type { Level } from '../src/domain/rating.ts';

/** Somebody was asked about a unit (its id) in a month (`2026-07`), and rated where a level is given: as it stands once nobody can tell who. */
export function asked(
  connection: Database.Database,
  { unit, month, level, officer = null }: { unit: string; month: string; level?: Level; officer?: string | null },
): void {
  connection
    .prepare("insert into contacts (id, kind, at, officer, unit, asked) values (?, 'case', ?, ?, ?, 'invited')")
    .run(randomUUID(), Date.parse(`${month}-15T04:00:00Z`), officer, unit);
  if (level === undefined) return;
  connection
    .prepare(
      "insert into ratings (id, officer, unit, source, month, level, reasons_version, reasons) values (?, ?, ?, 'invited', ?, ?, 1, '[]')",
    )
    .run(randomUUID(), officer, unit, month, level);
}
