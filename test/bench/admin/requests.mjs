// The admin API's requests a second beside bare Fastify with the very same body, in turn.
import { fork } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Pool } from 'undici';
import { hashed } from '../../../dist/desk/password.js';
import { openSqliteStore } from '../../../dist/store/sqlite/open.js';
import { freePort, startDesk } from '../desk.mjs';

const AT_ONCE = 32;
const ROUNDS = 3;
const PASSWORD = 'a long enough passphrase 7';
const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

/** So many requests at once for so long; how many a second. */
async function ask(url, path, headers, seconds) {
  const pool = new Pool(url, { connections: AT_ONCE, pipelining: 1 });
  const until = performance.now() + seconds * 1000;
  let answered = 0;
  const began = performance.now();
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      while (performance.now() < until) {
        const { statusCode, body } = await pool.request({ path, method: 'GET', headers });
        await body.dump();
        if (statusCode !== 200) throw new Error(`${path}: ${statusCode}`);
        answered += 1;
      }
    }),
  );
  const rate = answered / ((performance.now() - began) / 1000);
  await pool.close();
  return rate;
}

export async function signIn(url, username) {
  const answer = await fetch(`${url}/api/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url },
    body: JSON.stringify({ username, password: PASSWORD }),
  });
  if (answer.status !== 200) throw new Error(`sign-in: ${answer.status}`);
  return { cookie: answer.headers.get('set-cookie').split(';')[0] };
}

/** An account that can sign in, on a desk that is not running. */
export async function addReader({ dataDir, key, username }) {
  const store = await openSqliteStore({ dataDir, key, zone: 'Asia/Shanghai', serve: false });
  const { id } = store.catalogue().units.find(({ code }) => code === 'station');
  await store.saveOfficer('command-line', { username, role: 'lead', unit: id, publicName: username, passwordHash: await hashed(PASSWORD) });
  await store.close();
}

export async function measureRequests({ dataDir, key, references, seconds, say }) {
  await addReader({ dataDir, key, username: 'reader' });
  const desk = await startDesk(dataDir, { TIEXIN_KEY: Buffer.from(key).toString('base64') });
  const headers = await signIn(desk.url, 'reader');
  const rows = [];
  for (const [name, path] of [
    ['a page of the queue', '/api/v1/cases?status=open&limit=50'],
    ['a case', `/api/v1/cases/${references[0]}`],
  ]) {
    const body = await (await fetch(`${desk.url}${path}`, { headers })).text();
    const file = join(dataDir, 'body.json');
    writeFileSync(file, body);
    const rates = { ours: [], bare: [] };
    for (let round = 0; round < ROUNDS; round += 1) {
      rates.ours.push(await ask(desk.url, path, headers, seconds));
      const port = await freePort();
      const bare = fork(new URL('./bare.mjs', import.meta.url), { env: { ...process.env, PORT: String(port), BODY: file } });
      await new Promise((resolve) => bare.once('message', resolve));
      rates.bare.push(await ask(`http://127.0.0.1:${port}`, '/', {}, seconds));
      bare.kill();
      await sleep(50);
    }
    const [ours, theirs] = [median(rates.ours), median(rates.bare)];
    rows.push({ name, bytes: Buffer.byteLength(body), ours, bare: theirs });
    say(`${name}: ${Math.round(ours)} requests/s, bare ${Math.round(theirs)}`);
  }
  await desk.stop();
  return rows;
}
