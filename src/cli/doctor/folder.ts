import { constants, existsSync, readFileSync, statSync } from 'node:fs';
import { access, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from '../../config.ts';
import { otherOwner } from '../owner.ts';
import { broken, type Finding, fine, soon } from './finding.ts';

const MB = 1024 * 1024;
/** Below the first, photos are refused; below the second there is time to make room. */
const ROOM_NEEDED = 256 * MB;
const ROOM_WANTED = 1024 * MB;

/** The data folder, its room and its key: all that can be seen without opening the database. Changes nothing. */
export async function lookAtFolder(config: Pick<Config, 'dataDir' | 'key'>): Promise<Finding[]> {
  const { dataDir } = config;
  if (!existsSync(join(dataDir, 'tiexin.db'))) return [broken('nothingYet', { dataDir })];
  const owner = otherOwner(dataDir);
  if (owner !== undefined) return [broken('otherUser', { dataDir, owner })];
  return [await writable(dataDir), await room(dataDir), key(config)];
}

async function writable(dataDir: string): Promise<Finding> {
  const within = ['', 'media', 'tiexin.db'].map((name) => join(dataDir, name)).filter(existsSync);
  for (const path of within) {
    try {
      await access(path, constants.R_OK | constants.W_OK);
    } catch {
      return broken('readOnly', { path });
    }
  }
  return fine('writable', { dataDir });
}

async function room(dataDir: string): Promise<Finding> {
  const { bavail, bsize } = await statfs(dataDir);
  const free = Math.floor((bavail * bsize) / MB);
  if (free < ROOM_NEEDED / MB) return broken('noRoom', { free, needed: ROOM_NEEDED / MB });
  if (free < ROOM_WANTED / MB) return soon('littleRoom', { free, needed: ROOM_NEEDED / MB });
  return fine('room', { free });
}

function key({ dataDir, key: set }: Pick<Config, 'dataDir' | 'key'>): Finding {
  const path = join(dataDir, 'secret.key');
  if (set) return existsSync(path) ? soon('twoKeys', { path }) : fine('keySet');
  if (!existsSync(path)) return broken('noKey', { path });
  if (Buffer.from(readFileSync(path, 'utf8'), 'base64').length !== 32) return broken('keyShort', { path });
  const mode = (statSync(path).mode & 0o777).toString(8);
  return mode === '600' ? fine('key', { path }) : broken('keyOpen', { path, mode });
}
