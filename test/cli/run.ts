import { join } from 'node:path';
import { runTiexin } from '../../src/cli/program.ts';
import { terminalOver } from '../../src/cli/terminal.ts';
import { readConfig } from '../../src/config.ts';
import { loadWords } from '../../src/i18n.ts';

const words = loadWords(join(import.meta.dirname, '../../locales'));

/** Runs an operator command over a data folder, as `npm run tiexin --` does, and gives back all it said. */
export async function tiexin(
  dataDir: string,
  args: readonly string[],
  { env = {}, input = '', now = Date.now }: { env?: Record<string, string>; input?: string; now?: () => number } = {},
): Promise<{ code: number; out: string; err: string }> {
  let out = '';
  let err = '';
  const sayOut = (text: string) => {
    out += text;
  };
  const sayErr = (text: string) => {
    err += text;
  };
  const settings = { DATA_DIR: dataDir, DEFAULT_LOCALE: 'en', PORT: '0', ...env };
  const terminal = terminalOver(words, settings.DEFAULT_LOCALE, {
    out: (line) => sayOut(`${line}\n`),
    err: (line) => sayErr(`${line}\n`),
    input: async () => input,
  });
  const code = await runTiexin(args, { terminal, words, config: () => readConfig(settings), now, out: sayOut, err: sayErr });
  return { code, out, err };
}
