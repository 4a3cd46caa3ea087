import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import { freePort } from '../free-port.ts';
import type { Point } from './points.ts';

const SERVER = join(import.meta.dirname, 'server.mjs');
const READY_WITHIN_MS = 60_000;

/** A real server over one data folder, started again after each death. Its address stays. */
export interface DeskProcess {
  readonly url: string;
  /** Resolves while the server answers: at once, or when the next one is up. */
  up(): Promise<void>;
  /** Counts a request that the server's death cut off. */
  cutOff(run: number): void;
  /** Which start this is; a request names the one it was sent to. */
  readonly run: number;
  /** Dies at the named point, at its `passes`+1st passing, or at once, and `atDeath` is told; resolves once a new server answers. */
  kill(how: { at: Point; passes: number } | 'now', withinMs: number, atDeath?: () => void): Promise<{ died: boolean }>;
  /** Requests cut off by the death of each run. */
  readonly cutOffs: ReadonlyMap<number, number>;
  /** As an operator stops it: everything in hand is finished. Resolves to the exit code. */
  stop(): Promise<number | null>;
  /** What the server wrote to its log. */
  readonly log: readonly string[];
}

/** `env`: what more it is set up with, once its address is known. */
export async function startDeskProcess(
  dataDir: string,
  env: (url: string) => Readonly<Record<string, string>> = () => ({}),
): Promise<DeskProcess> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const log: string[] = [];
  const cutOffs = new Map<number, number>();
  let run = 0;
  let child: ChildProcess;
  let answering: Promise<void>;

  const start = () => {
    run += 1;
    child = fork(SERVER, {
      env: {
        ...process.env,
        PORT: String(port),
        DATA_DIR: dataDir,
        STATION_NAME: '青柳派出所',
        TRUSTED_PROXIES: '127.0.0.1',
        LOG_LEVEL: 'error',
        ...env(url),
      },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    const started = child;
    started.stderr?.on('data', (chunk: Buffer) => log.push(chunk.toString()));
    started.stdout?.on('data', (chunk: Buffer) => log.push(chunk.toString()));
    answering = new Promise((resolve, reject) => {
      const late = setTimeout(() => reject(new Error(`the server did not start: ${log.slice(-5).join('')}`)), READY_WITHIN_MS);
      started.once('message', () => {
        clearTimeout(late);
        resolve();
      });
      started.once('exit', (code, signal) => {
        clearTimeout(late);
        reject(new Error(`the server ended with ${code ?? signal} before it answered: ${log.slice(-5).join('')}`));
      });
    });
    answering.catch(() => undefined);
  };
  start();
  await answering!;

  return {
    url,
    log,
    cutOffs,
    get run() {
      return run;
    },
    up: () => answering,
    cutOff(of) {
      cutOffs.set(of, (cutOffs.get(of) ?? 0) + 1);
    },
    async kill(how, withinMs, atDeath) {
      const dying = child;
      const dead = new Promise<void>((resolve) => dying.once('exit', () => resolve()));
      if (how === 'now') dying.kill('SIGKILL');
      else dying.send({ point: how.at, passes: how.passes });
      let late: NodeJS.Timeout | undefined;
      const died = await Promise.race([
        dead.then(() => true),
        new Promise<false>((resolve) => {
          late = setTimeout(() => resolve(false), withinMs);
        }),
      ]);
      clearTimeout(late);
      if (!died) return { died };
      atDeath?.();
      start();
      await answering;
      return { died };
    },
    async stop() {
      const code = new Promise<number | null>((resolve) => child.once('exit', (exit) => resolve(exit)));
      child.kill('SIGTERM');
      return code;
    },
  };
}
