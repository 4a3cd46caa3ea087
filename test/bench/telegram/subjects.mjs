// The desk and the three it is measured beside, each a process of its own.
import { fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, startDesk } from '../desk.mjs';
import { SECRET } from './load.mjs';

export const names = {
  tiexin: 'Tiexin: stores, decides, answers',
  conversations: 'grammY conversations, state in SQLite',
  bare: 'bare grammY bot, stores nothing',
  calls: 'Fastify + undici, the same calls',
};

/** Starts one of `names`; `url`: where it takes updates. */
export async function start(name, botApi) {
  const dir = mkdtempSync(join(tmpdir(), 'tiexin-bench-'));
  const stop = name === 'tiexin' ? await ours(dir, botApi) : await reference(name, dir, botApi);
  return {
    ...stop,
    async stop() {
      await stop.stop();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

async function ours(dir, botApi) {
  const port = await freePort();
  const desk = await startDesk(dir, {
    PORT: String(port),
    PUBLIC_URL: `http://127.0.0.1:${port}`,
    TELEGRAM_BOT_TOKEN: `123456:${'b'.repeat(35)}`,
    TELEGRAM_WEBHOOK_SECRET: SECRET,
    TELEGRAM_API_ROOT: botApi,
  });
  return { url: `${desk.url}/telegram/webhook`, stop: desk.stop };
}

async function reference(name, dir, botApi) {
  const port = await freePort();
  const child = fork(new URL(`./references/${name}.mjs`, import.meta.url), {
    env: { ...process.env, PORT: String(port), BOT_API: botApi, SECRET, DATA_DIR: dir },
  });
  await new Promise((resolve, reject) => {
    child.once('message', resolve);
    child.once('exit', (code) => reject(new Error(`${name} ended with ${code}`)));
  });
  return {
    url: `http://127.0.0.1:${port}/`,
    stop: async () => {
      const gone = new Promise((resolve) => child.once('exit', resolve));
      child.kill();
      await gone;
    },
  };
}
