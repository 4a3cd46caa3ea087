import { existsSync, statSync } from 'node:fs';

/** The data belongs to another user of the machine: files made now could shut the desk out of its own folder. */
export class OtherUser extends Error {
  readonly dataDir: string;
  readonly owner: number;

  constructor(dataDir: string, owner: number) {
    super('other-user');
    this.name = 'OtherUser';
    this.dataDir = dataDir;
    this.owner = owner;
  }
}

/** The user id the data folder belongs to, where that is not ours; root may do what it likes to files, and that is the trouble. */
export function otherOwner(dataDir: string): number | undefined {
  if (!process.getuid || !existsSync(dataDir)) return undefined;
  const { uid } = statSync(dataDir);
  return uid === process.getuid() ? undefined : uid;
}
