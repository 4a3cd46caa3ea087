import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { keyFrom } from '../../../src/config.ts';
import { KeyRing } from '../../../src/store/sqlite/keys.ts';
import { deriveKeys } from '../../../src/store/sqlite/master-keys.ts';
import { filled, poisons } from '../../telegram/poison/poison.ts';
import { openStage, type Stage } from '../../telegram/poison/stage.ts';
import { type Survived, survive } from '../../telegram/poison/survive.ts';
import { workbench } from './bench.ts';

const SEED = Number(process.env.POISON_SEED ?? Math.floor(Math.random() * 2 ** 31));
/** Residents who are given poison at once. */
const LANES = 16;

describe.each([true, false])(`poison, by webhook: %s, in the order of seed ${SEED}`, (webhook) => {
  const given = poisons().filter(({ only, body }) => webhook || (only === undefined && body === undefined));
  const survived = new Map<string, Survived>();
  let stage: Stage;

  beforeAll(async () => {
    stage = await openStage({ webhook, seed: SEED });
    const order = given.map((poison) => ({ poison, at: stage.chance() })).sort((one, other) => one.at - other.at);
    const lane = async () => {
      for (let next = order.pop(); next; next = order.pop()) survived.set(next.poison.name, await survive(stage, next.poison, webhook));
    };
    await Promise.all(Array.from({ length: LANES }, lane));
  }, 120_000);
  afterAll(() => stage?.end());

  test.each(given)('$name: $why', ({ name }) => {
    expect(survived.get(name)?.wrong).toEqual([]);
  });

  test('the line of updates is empty, and the desk lives', async () => {
    stage.neighbour.phone.say('都好吗');
    await stage.double.settled();
    expect(stage.double.unacknowledged()).toEqual([]);
    expect(await (await fetch(`${stage.desk.url}/health/live`)).json()).toEqual({ status: 'live' });
  });

  test('nothing of one resident stands in another’s thread or on another’s phone', async () => {
    const tags = /K[0-9a-f]{10}|Kneighbour/g;
    const residents = [...survived.values(), stage.neighbour];
    for (const { phone, tag } of residents) {
      const thread = await stage.readThread(phone.id);
      const all = JSON.stringify([thread, stage.double.sent(phone.id)]);
      expect(new Set(all.match(tags) ?? []), `of ${tag}`).toEqual(new Set([tag]));
    }
    const { before, phone } = stage.neighbour;
    expect((await stage.readThread(phone.id)).slice(0, before.length)).toEqual(before);
    expect((await stage.readThread(phone.id))[before.length]?.body.text).toBe('都好吗');
  });

  test('what nobody can read is kept whole, sealed', () => {
    const kept = readRaw(stage.desk.dataDir);
    for (const { poison, phone, values } of survived.values())
      for (const raw of poison.raw ?? []) {
        const text = String(filled(raw, values));
        expect(
          kept.some((one) => one.includes(String(phone.id)) && one.includes(text)),
          `${poison.name}: ${text}`,
        ).toBe(true);
      }
  });

  test('the log tells of no crash, of nothing lost, and of nobody’s words, number or chat', () => {
    const lines = stage.logged.map((line): { level: number; msg: string } => JSON.parse(line));
    expect(lines.filter(({ level }) => level >= 50)).toEqual([]);
    expect(lines.filter(({ msg }) => /lost|could not be taken/.test(msg))).toEqual([]);
    const all = stage.logged.join('');
    for (const { phone, tag, poison } of survived.values()) {
      expect(all.includes(tag), poison.name).toBe(false);
      expect(all.includes(String(phone.id)), poison.name).toBe(false);
    }
    for (const word of ['Kneighbour', '后面这句', '路灯', '井盖', '水管', stage.double.token]) expect(all).not.toContain(word);
  });
});

test('by long polling, a number beyond all that Telegram counts hides nothing that comes after it', async () => {
  const bench = await workbench();
  bench.double.push({ update_id: 2 ** 40, hologram_message: {} });
  bench.double.user().say('还在吗');
  await bench.double.until(() => bench.fake.inbounds.length === 1);
  await bench.end();
});

/** What is kept sealed of updates that nobody could read. */
function readRaw(dataDir: string): string[] {
  const sqlite = new Database(join(dataDir, 'tiexin.db'), { readonly: true });
  const keys = new KeyRing(sqlite, deriveKeys(keyFrom({ key: undefined, dataDir })), () => new Uint8Array());
  const rows = sqlite
    .prepare<[], { id: string; sealed: Buffer }>('select m.id, r.sealed from raw_inbound r join messages m on m.key = r.key')
    .all();
  const opened = rows.map(({ id, sealed }) => keys.openText(`raw_inbound/sealed/${id}`, sealed));
  sqlite.close();
  return opened;
}
