import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

const tool = join(import.meta.dirname, '../../dist/cli/tiexin.js');
const PASSWORD = 'Kx7-Lotus-Bridge';

/** One in each role, so that every case has somebody who may read it. */
const accounts = [
  ['lin', 'lead', 'station'],
  ['wang', 'officer', 'community'],
  ['zhao', 'officer', 'patrol'],
  ['du', 'inspector', 'inspection'],
] as const;

/** What the command says, whether it ends well or not. */
export async function tiexin(dataDir: string, ...args: string[]): Promise<string> {
  const { stdout } = await promisify(execFile)('node', [tool, ...args], { env: environment(dataDir) }).catch(
    (cause: { stdout: string; stderr: string }) => ({ stdout: `${cause.stdout}${cause.stderr}` }),
  );
  return stdout;
}

/** As an operator adds them, with a password that needs no change; answers how each signs in. */
export async function addOfficers(dataDir: string): Promise<{ username: string; password: string }[]> {
  for (const [username, role, unit] of accounts) {
    const args = ['officer', 'add', '--username', username, '--role', role, '--unit', unit, '--password-stdin'];
    const running = promisify(execFile)('node', [tool, ...args], { env: environment(dataDir) });
    running.child.stdin?.end(`${PASSWORD}\n`);
    await running;
  }
  return accounts.map(([username]) => ({ username, password: PASSWORD }));
}

const environment = (dataDir: string) => ({ ...process.env, DATA_DIR: dataDir, DEFAULT_LOCALE: 'en' });
