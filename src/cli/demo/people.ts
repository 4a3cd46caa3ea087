import { hashed } from '../../desk/password.ts';
import { unitByCode } from '../../domain/catalogue.ts';
import type { Officer, Role } from '../../domain/officer.ts';
import type { Store } from '../../store/store.ts';

/** What every account of the demo signs in with: printed, and good for nothing else. */
export const DEMO_PASSWORD = 'lantern-on-the-bridge';

const accounts: readonly { username: string; role: Role; unit: string; badge?: string }[] = [
  { username: 'admin', role: 'administrator', unit: 'bureau' },
  { username: 'du', role: 'inspector', unit: 'inspection' },
  { username: 'lin', role: 'lead', unit: 'station', badge: '031001' },
  { username: 'wang', role: 'officer', unit: 'community', badge: '031012' },
  { username: 'li', role: 'officer', unit: 'community', badge: '031015' },
  { username: 'chen', role: 'officer', unit: 'household', badge: '031021' },
  { username: 'zhao', role: 'officer', unit: 'patrol', badge: '031033' },
];

/** One of each role, and every team with somebody in it. */
export async function employ(store: Store, nameOf: (username: string) => string): Promise<ReadonlyMap<string, Officer>> {
  const passwordHash = await hashed(DEMO_PASSWORD);
  const employed = new Map<string, Officer>();
  for (const { username, role, unit, badge } of accounts) {
    const found = unitByCode(store.catalogue(), unit);
    if (!found) throw new Error(`no unit ${unit}`);
    const account = { username, role, unit: found.id, publicName: nameOf(username), passwordHash, ...(badge !== undefined && { badge }) };
    employed.set(username, await store.saveOfficer('command-line', account));
  }
  return employed;
}
