import { and, eq, type SQL, sql } from 'drizzle-orm';
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3';
import type { CaseFile } from '../../domain/case.ts';
import type { Id } from '../../domain/chance.ts';
import type { CasePatch } from '../../domain/decision.ts';
import { type CaseRow, columnsOf, fileOf } from './case-row.ts';
import type { Core } from './core.ts';
import { caseSubjects, cases } from './schema/cases.ts';
import { writtenAs } from './written.ts';

const written = writtenAs(cases);

interface CaseByReference {
  get(values: { reference: string }): CaseRow | undefined;
}

/** The heads of cases. */
export class CaseRows {
  readonly #db: BetterSQLite3Database;
  readonly #statement: Core['statement'];
  readonly #byId;
  readonly #byReference;
  readonly #byIds;
  /** By scope: asked for with nearly every request. */
  readonly #within = new WeakMap<SQL, CaseByReference>();

  constructor(db: BetterSQLite3Database, statement: Core['statement']) {
    this.#db = db;
    this.#statement = statement;
    this.#byId = db
      .select()
      .from(cases)
      .where(eq(cases.id, sql.placeholder('id')))
      .prepare();
    this.#byReference = db
      .select()
      .from(cases)
      .where(eq(cases.reference, sql.placeholder('reference')))
      .prepare();
    this.#byIds = db
      .select()
      .from(cases)
      .where(sql`${cases.id} in (select value from json_each(${sql.placeholder('ids')}))`)
      .prepare();
  }

  byId(id: Id): CaseRow | undefined {
    return this.#byId.get({ id });
  }

  orThrow(id: Id): CaseRow {
    const row = this.byId(id);
    if (!row) throw new Error('case-missing');
    return row;
  }

  byReference(reference: string): CaseRow | undefined {
    return this.#byReference.get({ reference });
  }

  byIds(ids: readonly Id[]): CaseRow[] {
    return ids.length === 0 ? [] : this.#byIds.all({ ids: JSON.stringify(ids) });
  }

  /** The case of that reference where it lies within `within`: the same one query for missing and hidden. */
  within(reference: string, within: SQL): CaseRow | undefined {
    const known = this.#within.get(within) ?? this.#prepared(within);
    this.#within.set(within, known);
    return known.get({ reference });
  }

  #prepared(within: SQL) {
    const isThis = eq(cases.reference, sql.placeholder('reference'));
    return this.#db.select().from(cases).where(and(isThis, within)).prepare();
  }

  insert(row: CaseRow): void {
    this.#statement<unknown[]>(written.insert).run(...written.values(row));
  }

  /** Writes what a patch changes of the head. */
  patch(row: CaseRow, patch: CasePatch, also: Partial<CaseRow>): void {
    // `undefined` takes an optional field away; nothing that must be there is ever patched so.
    const file = { ...fileOf(row), ...patch } as CaseFile;
    // Only what differs: a column that is written again costs every index it is in.
    const { set, values } = written.differing(row, { ...columnsOf(file), ...also });
    if (set !== '') this.#statement<unknown[]>(`update cases set ${set} where id = ?`).run(...values, row.id);
    if (patch.subjects) this.subjects(row.id, patch.subjects);
  }

  /** Names those a complaint is about, for the policy. */
  subjects(id: Id, { officers, units }: CaseFile['subjects']): void {
    this.#statement<[Id]>('delete from case_subjects where case_id = ?').run(id);
    const rows = [
      ...officers.map((subject) => ({ case: id, subject, kind: 'officer' as const })),
      ...units.map((subject) => ({ case: id, subject, kind: 'unit' as const })),
    ];
    if (rows.length > 0) this.#db.insert(caseSubjects).values(rows).onConflictDoNothing().run();
  }
}
