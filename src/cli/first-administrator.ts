import { randomBytes } from 'node:crypto';
import { closeSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { hashed, oneTimePassword, oneTimeUntil } from '../desk/password.ts';
import type { Store } from '../store/store.ts';
import type { OneTime } from './start-words.ts';

const USERNAME = 'admin';

/** On an empty desk: the first administrator, with a password good for 24 hours, told to a terminal or left in a file only its owner can read. */
export async function giveFirstAdministrator({
  store,
  dataDir,
  now,
  toTerminal,
}: {
  store: Store;
  dataDir: string;
  now: number;
  toTerminal: boolean;
}): Promise<OneTime | undefined> {
  if ((await store.officers()).length > 0) return undefined;
  const bureau = store.catalogue().units.find(({ parent }) => parent === undefined);
  if (!bureau) throw new Error('the catalogue has no root unit');
  const password = oneTimePassword(randomBytes(64));
  await store.saveOfficer('command-line', {
    username: USERNAME,
    role: 'administrator',
    unit: bureau.id,
    publicName: USERNAME,
    passwordHash: await hashed(password),
    oneTimeUntil: oneTimeUntil(now),
  });
  if (toTerminal) return { username: USERNAME, shown: password };
  const file = join(dataDir, 'first-administrator');
  const handle = openSync(file, 'w', 0o600);
  writeSync(handle, `${USERNAME}\n${password}\n`);
  closeSync(handle);
  return { username: USERNAME, file };
}
