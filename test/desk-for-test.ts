import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { readConfig } from '../src/config.ts';
import { hashed } from '../src/desk/password.ts';
import type { Role } from '../src/domain/officer.ts';
import { type Around, serve } from '../src/main.ts';
import type { Store } from '../src/store/store.ts';

/** A password that every officer of a test has. */
export const PASSWORD = 'Kx7-Lotus-Bridge';

/** The whole desk over a temporary folder, on a port of its own: real HTTP, a real SQLite file. */
export async function startForTest(options: { env?: Record<string, string>; dataDir?: string; around?: Around } = {}) {
  const dataDir = options.dataDir ?? mkdtempSync(join(tmpdir(), 'tiexin-'));
  const config = readConfig({ PORT: '0', DATA_DIR: dataDir, STATION_NAME: '青柳派出所', LOG_LEVEL: 'silent', ...options.env });
  const running = await serve(config, { log: pino({ level: 'silent' }), ...options.around });
  let stopped: Promise<void> | undefined;
  const stop = () => {
    stopped ??= running.stop();
    return stopped;
  };
  return {
    ...running,
    dataDir,
    stop,
    /** Stops and removes everything on disk. */
    async end() {
      await stop();
      await rm(dataDir, { recursive: true, force: true });
    },
    /** An account that can sign in with {@link PASSWORD}. */
    addOfficer: (username: string, role: Role, unitCode: string, publicName = username) =>
      addOfficer(running.store, username, role, unitCode, publicName),
    /** A signed-in officer's way to the API: cookie, CSRF token and JSON laid in. */
    signIn: (username: string, password = PASSWORD) => signIn(running.url, username, password),
  };
}
export type DeskForTest = Awaited<ReturnType<typeof startForTest>>;

let hashOnce: Promise<string> | undefined;

export async function addOfficer(store: Store, username: string, role: Role, unitCode: string, publicName = username) {
  hashOnce ??= hashed(PASSWORD);
  const unit = store.catalogue().units.find(({ code }) => code === unitCode);
  if (!unit) throw new Error(`no unit ${unitCode}`);
  return store.saveOfficer('command-line', { username, role, unit: unit.id, publicName, passwordHash: await hashOnce });
}

export async function signIn(url: string, username: string, password = PASSWORD) {
  const answer = await fetch(`${url}/api/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url },
    body: JSON.stringify({ username, password }),
  });
  if (answer.status !== 200) throw new Error(`sign-in of ${username}: ${answer.status} ${await answer.text()}`);
  const cookie = (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
  const session = (await (await fetch(`${url}/api/v1/session`, { headers: { cookie } })).json()) as { csrf: string };
  return {
    cookie,
    csrf: session.csrf,
    /** `GET /cases`, `PUT /cases/X/answer` …: the path is below `/api/v1`. */
    async ask(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
      const response = await fetch(`${url}/api/v1${path}`, {
        method,
        headers: {
          cookie,
          origin: url,
          'x-csrf-token': session.csrf,
          ...(body !== undefined && { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
      const text = await response.text();
      return { status: response.status, headers: response.headers, text, body: text === '' ? undefined : JSON.parse(text) };
    },
  };
}
