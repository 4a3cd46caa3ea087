// npm run bench: one table a subject, ratios within one run. --full: longer rounds. --only=<part>: one of them.
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { build, isBuilt } from '../../src/cli/build.mjs';
import { startDesk } from './desk.mjs';
import { measureConversation, measureRepeats } from './telegram/conversation.mjs';

const { values } = parseArgs({ options: { full: { type: 'boolean', default: false }, only: { type: 'string' } } });
const say = (line) => console.error(`  ${line}`);
const number = (value) => Math.round(value).toLocaleString('en');
const ms = (value) => `${value.toFixed(1)} ms`;

/** A desk of so many cases, and how long it lets an officer wait. */
async function filled(cases) {
  const { fill } = await import('./cases/fill.mjs');
  const { measureReading } = await import('./cases/reading.mjs');
  const key = new Uint8Array(randomBytes(32));
  const dataDir = mkdtempSync(join(tmpdir(), 'tiexin-bench-'));
  const end = Date.now();
  const made = await fill({ dataDir, key, cases, end, say });
  return { dataDir, key, ...made, ...(await measureReading({ dataDir, key, ...made, end })) };
}

/** What it holds once its pages were asked for: bytes. */
async function afterUse(desk) {
  for (let nth = 0; nth < 200; nth += 1) await (await fetch(`${desk.url}/?nth=${nth}`)).text();
  return desk.resident();
}

const parts = {
  async conversation() {
    const rows = await measureConversation({ rounds: 3, conversations: values.full ? 2_560 : 512, say });
    return [
      'A complaint through the Telegram webhook, 64 chats at a time',
      ['', 'updates/s', 'spread', '× bare bot', '× conversations', 'answer p50', 'p99'],
      rows.map(({ name, rate, from, to, ofBare, ofConversations, p50, p99 }) => [
        name,
        number(rate),
        `${number(from)}–${number(to)}`,
        ofBare.toFixed(2),
        ofConversations.toFixed(2),
        ms(p50),
        ms(p99),
      ]),
    ];
  },
  async repeats() {
    const rows = await measureRepeats({ shares: [0, 0.1, 0.5], conversations: values.full ? 2_560 : 512, say });
    return [
      'The same with updates that come twice',
      ['come twice', 'updates/s', '× without', 'answer p50', 'p99', 'messages a conversation'],
      rows.map(({ repeats, rate, p50, p99, answersEach }) => [
        `${repeats * 100} %`,
        number(rate),
        (rate / rows[0].rate).toFixed(2),
        ms(p50),
        ms(p99),
        answersEach.toFixed(2),
      ]),
    ];
  },
  async cases() {
    const sizes = values.full ? [10_000, 1_000_000] : [10_000, 50_000];
    const desks = [];
    for (const cases of sizes) desks.push({ cases, ...(await filled(cases)) });
    const [small, large] = desks;
    const served = [];
    for (const { dataDir, key } of desks) {
      const desk = await startDesk(dataDir, { TIEXIN_KEY: Buffer.from(key).toString('base64') });
      served.push({ coldStartMs: desk.coldStartMs, resident: await afterUse(desk) });
      await desk.stop();
    }
    const rows = Object.keys(small.rows).map((name) => {
      const [a, b] = [small.rows[name], large.rows[name]];
      return [name, ms(a.p50), ms(a.p99), ms(b.p50), ms(b.p99), `${(b.p50 / a.p50).toFixed(1)}×`];
    });
    const mb = (bytes) => `${number(bytes / 1024 / 1024)} MB`;
    const serving = [
      ['database', ...desks.flatMap(({ bytes }) => [mb(bytes), '']), ''],
      ['cold start to first answer', ...served.flatMap(({ coldStartMs }) => [`${number(coldStartMs)} ms`, '']), ''],
      ['resident memory after 200 pages', ...served.flatMap(({ resident }) => [mb(resident), '']), ''],
    ];
    for (const { dataDir } of desks) rmSync(dataDir, { recursive: true, force: true });
    const heads = sizes.flatMap((cases) => [`p50 at ${number(cases)}`, 'p99']);
    return [
      `Reading at ${sizes.map(number).join(' and ')} cases, five messages each, in process`,
      ['', ...heads, 'growth'],
      [...rows, ...serving],
    ];
  },
  async streams() {
    const { measureFanOut } = await import('./streams/fan-out.mjs');
    const dataDir = mkdtempSync(join(tmpdir(), 'tiexin-bench-'));
    const { frames, wanted, p50, p99, resident } = await measureFanOut({ dataDir, consoles: 500, events: values.full ? 50 : 10, say });
    rmSync(dataDir, { recursive: true, force: true });
    return [
      'A new case on 500 open consoles, from before it is written',
      ['frames', 'p50', 'p99', 'memory'],
      [[`${number(frames)} of ${number(wanted)}`, ms(p50), ms(p99), `${number(resident / 1024 / 1024)} MB`]],
    ];
  },
  async requests() {
    const { dataDir, key, references } = await filled(10_000);
    const { measureRequests } = await import('./admin/requests.mjs');
    const rows = await measureRequests({ dataDir, key, references, seconds: values.full ? 8 : 2, say });
    rmSync(dataDir, { recursive: true, force: true });
    return [
      'The admin API beside bare Fastify with the same body, 10,000 cases',
      ['', 'body', 'requests/s', 'bare Fastify', '× bare'],
      rows.map(({ name, bytes, ours, bare }) => [name, `${number(bytes / 1024)} kB`, number(ours), number(bare), (ours / bare).toFixed(2)]),
    ];
  },
};

if (values.only !== undefined && !Object.hasOwn(parts, values.only)) throw new Error(`--only is one of ${Object.keys(parts).join(', ')}`);
if (!isBuilt()) build();
const [cpu] = cpus();
console.log(`${new Date().toISOString().slice(0, 10)} · Node ${process.version} · ${cpus().length} × ${cpu?.model ?? 'unknown'}\n`);
for (const [name, measure] of Object.entries(parts)) {
  if (values.only !== undefined && values.only !== name) continue;
  const [title, head, rows] = await measure();
  const line = (cells) => `| ${cells.join(' | ')} |`;
  console.log([`### ${title}`, '', line(head), line(head.map(() => '---')), ...rows.map(line), ''].join('\n'));
}
