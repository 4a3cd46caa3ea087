// How long five hundred open consoles wait to learn of a new case: from the write's answer, and from before it.
import { randomBytes } from 'node:crypto';
import { request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { csrfOf, digestOf, newToken } from '../../../dist/http/auth/token.js';
import { openSqliteStore } from '../../../dist/store/sqlite/open.js';
import { startDesk } from '../desk.mjs';

const PATIENCE_MS = 30_000;
const HOUR_MS = 3_600_000;

/** A desk that is not running, and so many signed-in leads of its station. */
async function signedIn({ dataDir, key, consoles }) {
  const store = await openSqliteStore({ dataDir, key, zone: 'Asia/Shanghai', serve: false });
  const { id: unit } = store.catalogue().units.find(({ code }) => code === 'station');
  const tokens = [];
  for (let nth = 0; nth < consoles; nth += 1) {
    const account = { username: `console-${nth}`, role: 'lead', unit, publicName: `console ${nth}`, passwordHash: 'none' };
    const { id } = await store.saveOfficer('command-line', account);
    const token = newToken();
    await store.openSession(digestOf(token), id, Date.now() + HOUR_MS);
    tokens.push(token);
  }
  await store.close();
  return tokens;
}

/** An open stream; `seen(reference)`: told of each case. */
function listen(url, token, seen) {
  return new Promise((resolve, reject) => {
    const asked = request(`${url}/api/v1/stream`, { headers: { cookie: `tiexin=${token}` }, agent: false }, (response) => {
      if (response.statusCode !== 200) reject(new Error(`the stream answered ${response.statusCode}`));
      response.setEncoding('utf8');
      response.on('data', (text) => {
        for (const [, reference] of text.matchAll(/"reference":"([0-9A-Z]{8})"/g)) seen(reference);
      });
      resolve(() => asked.destroy());
    });
    asked.on('error', () => undefined);
    asked.end();
  });
}

export async function measureFanOut({ dataDir, consoles, events, say }) {
  const key = new Uint8Array(randomBytes(32));
  const tokens = await signedIn({ dataDir, key, consoles });
  const desk = await startDesk(dataDir, { TIEXIN_KEY: Buffer.from(key).toString('base64') });
  const arrivals = new Map();
  const seen = (reference) => arrivals.set(reference, [...(arrivals.get(reference) ?? []), performance.now()]);
  const leave = [];
  for (const token of tokens) leave.push(await listen(desk.url, token, seen));
  await sleep(1_000);
  const [writer] = tokens;
  const headers = { cookie: `tiexin=${writer}`, origin: desk.url, 'x-csrf-token': csrfOf(writer), 'content-type': 'application/json' };
  const waits = [];
  for (let nth = 0; nth < events; nth += 1) {
    const began = performance.now();
    const body = JSON.stringify({ kind: 'problem', details: `路灯坏了，第 ${nth} 盏`, source: 'counter' });
    const { reference } = await (await fetch(`${desk.url}/api/v1/cases`, { method: 'POST', headers, body })).json();
    while ((arrivals.get(reference)?.length ?? 0) < consoles && performance.now() - began < PATIENCE_MS) await sleep(5);
    waits.push(...(arrivals.get(reference) ?? []).map((at) => at - began));
  }
  for (const go of leave) go();
  const resident = desk.resident();
  await desk.stop();
  waits.sort((a, b) => a - b);
  say(`${waits.length} of ${consoles * events} frames`);
  const at = (share) => waits[Math.min(waits.length - 1, Math.floor(waits.length * share))] ?? Number.NaN;
  return { frames: waits.length, wanted: consoles * events, p50: at(0.5), p99: at(0.99), resident };
}
