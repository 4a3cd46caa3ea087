// What an officer waits for: a page of the queue, a case, a search; in process, on a desk of so many cases.
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { openStatuses } from '../../../dist/domain/case.js';
import { scopeOf } from '../../../dist/domain/policy.js';
import { openSqliteStore } from '../../../dist/store/sqlite/open.js';
import { randomFrom } from './random.mjs';

const LOOKS = 400;
const PAGE = 50;

async function timed(looks, look) {
  for (let warm = 0; warm < 20; warm += 1) await look(warm);
  const waits = [];
  for (let nth = 0; nth < looks; nth += 1) {
    const began = performance.now();
    await look(nth);
    waits.push(performance.now() - began);
  }
  waits.sort((a, b) => a - b);
  return { p50: waits[Math.floor(looks * 0.5)], p99: waits[Math.floor(looks * 0.99)] };
}

/** Waiting times by what is looked at, ms. */
export async function measureReading({ dataDir, key, references, lead, end }) {
  const random = randomFrom(7);
  const store = await openSqliteStore({ dataDir, key, zone: 'Asia/Shanghai', now: () => end, serve: false });
  const officer = (await store.officers()).find(({ id }) => id === lead);
  const scope = scopeOf(officer, store.catalogue());
  const find = (query) => store.findCases(scope, lead, { sort: 'due', limit: PAGE, ...query });
  const one = (list) => list[Math.floor(random() * list.length)];
  const deep = async () => {
    let page = await find({ sort: 'opened' });
    for (let nth = 0; nth < 20 && page.next; nth += 1) page = await find({ sort: 'opened', after: page.next });
    return page.next;
  };
  const cursor = await deep();
  const looks = {
    'queue, open by due': () => find({ status: openStatuses }),
    'queue, all by arrival': () => find({ sort: 'opened' }),
    'queue, 20 pages down': () => find({ sort: 'opened', after: cursor }),
    'a case': () => store.readCase(scope, lead, one(references)),
    'search, one rare term': () => find({ words: `${Math.ceil(random() * 900)}号` }),
    'search, one frequent term': () => find({ words: one(['地下车库', '菜市场', '学校门前']) }),
    'search, two frequent terms': () => find({ words: one(['地下车库 民警', '菜市场 晚上', '学校门前 天天']) }),
  };
  const rows = {};
  for (const [name, look] of Object.entries(looks)) rows[name] = await timed(LOOKS, look);
  await store.close();
  return { rows, bytes: statSync(join(dataDir, 'tiexin.db')).size };
}
