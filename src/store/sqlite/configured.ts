import type Database from 'better-sqlite3';
import { isNull } from 'drizzle-orm';
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3';
import type { Catalogue, StationSettings } from '../../domain/catalogue.ts';
import type { Id } from '../../domain/chance.ts';
import type { Officer } from '../../domain/officer.ts';
import { present } from './absent.ts';
import { officers } from './schema/accounts.ts';
import { areas, settings, topics, units } from './schema/catalogue.ts';

interface Snapshot {
  catalogue: Catalogue;
  officers: ReadonlyMap<Id, Officer>;
}

/** The catalogue and the accounts in memory, read again where this process or another changed them. */
export class Configured {
  #snapshot: Snapshot | undefined;
  #seen = -1;
  readonly #db: BetterSQLite3Database;
  readonly #dataVersion: Database.Statement<[], number>;

  constructor(sqlite: Database.Database, db: BetterSQLite3Database) {
    this.#db = db;
    this.#dataVersion = sqlite.prepare<[], number>('pragma data_version').pluck();
  }

  /** True where another process has written since last asked. */
  otherWrote(): boolean {
    const version = this.#dataVersion.get() ?? 0;
    if (version === this.#seen) return false;
    this.#seen = version;
    this.#snapshot = undefined;
    return true;
  }

  forget(): void {
    this.#snapshot = undefined;
  }

  now(): Snapshot {
    this.#snapshot ??= read(this.#db);
    return this.#snapshot;
  }
}

function read(db: BetterSQLite3Database): Snapshot {
  const facts = new Map(
    db
      .select()
      .from(settings)
      .all()
      .map(({ name, value }) => [name, value]),
  );
  const accounts = db.select().from(officers).all().map(officerOf);
  const newest = new Map(
    db
      .select()
      .from(topics)
      .where(isNull(topics.validUntil))
      .orderBy(topics.place, topics.version)
      .all()
      .map((topic) => [topic.code, topic]),
  );
  const catalogue: Catalogue = {
    version: facts.get('catalogue-version') as number,
    settings: facts.get('station') as StationSettings,
    rootStation: facts.get('root-station') as Id,
    units: db
      .select()
      .from(units)
      .orderBy(units.code)
      .all()
      .map((unit) => present({ ...unit, inspects: unit.inspects === 1 })),
    areas: db
      .select()
      .from(areas)
      .where(isNull(areas.validUntil))
      .orderBy(areas.code)
      .all()
      .map(({ id, code, parent, unit, labels }) => present({ id, code, parent, unit, labels })),
    topics: [...newest.values()].map(({ place: _place, validUntil: _validUntil, ...topic }) =>
      present({ ...topic, domesticViolence: topic.domesticViolence === 1 }),
    ),
    inspectorExists: accounts.some(({ role, disabledAt }) => role === 'inspector' && disabledAt === undefined),
  };
  return { catalogue: Object.freeze(catalogue), officers: new Map(accounts.map((officer) => [officer.id, officer])) };
}

/** An account as the domain knows it: never with its password. */
export function officerOf(row: typeof officers.$inferSelect): Officer {
  const { id, username, role, unit, publicName, badge, oneTimeUntil, disabledAt, version } = row;
  return present({ id, username, role, unit, publicName, badge, oneTimeUntil, disabledAt, version });
}
