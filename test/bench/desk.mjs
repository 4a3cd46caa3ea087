// The built desk as a process, over a data folder that exists.
import { fork } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

const READY_WITHIN_MS = 60_000;

export const freePort = () =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });

/** Starts `npm start`'s own program; resolves at the first answered request, with the ms until then. */
export async function startDesk(dataDir, env = {}) {
  const port = env.PORT ?? String(await freePort());
  const url = `http://127.0.0.1:${port}`;
  const began = performance.now();
  const child = fork(new URL('../../src/cli/start.mjs', import.meta.url), {
    env: { ...process.env, LOG_LEVEL: 'error', STATION_NAME: '青柳派出所', ...env, PORT: port, DATA_DIR: dataDir },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const died = new Promise((_, reject) => child.once('exit', (code) => reject(new Error(`the desk ended with ${code}`))));
  died.catch(() => undefined);
  await Promise.race([answers(`${url}/health/live`), died]);
  return {
    url,
    coldStartMs: performance.now() - began,
    /** What it holds in memory, bytes. */
    resident: () => Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1]) * 1024,
    async stop() {
      child.removeAllListeners('exit');
      const gone = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGTERM');
      setTimeout(() => child.kill('SIGKILL'), 10_000).unref();
      await gone;
    },
  };
}

async function answers(url) {
  const until = Date.now() + READY_WITHIN_MS;
  for (;;) {
    const response = await fetch(url).catch(() => undefined);
    if (response?.ok) return;
    if (Date.now() > until) throw new Error(`${url} does not answer`);
    await sleep(10);
  }
}
