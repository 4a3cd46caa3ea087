import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { configFromEnvironment } from '../config.ts';
import { loadWords } from '../i18n.ts';
import { runTiexin } from './program.ts';
import { terminalOver } from './terminal.ts';

const words = loadWords(fileURLToPath(new URL('../../locales', import.meta.url)));
const out = (said: string) => process.stdout.write(said);
const err = (said: string) => process.stderr.write(said);
const terminal = terminalOver(words, localeSet(), {
  out: (line) => out(`${line}\n`),
  err: (line) => err(`${line}\n`),
  input: () => text(process.stdin),
});
process.exitCode = await runTiexin(process.argv.slice(2), { terminal, words, config: configFromEnvironment, now: Date.now, out, err });

/** The operator's language; the first one where the environment is too wrong to say. */
function localeSet(): string {
  try {
    return configFromEnvironment().defaultLocale;
  } catch {
    return words.locales[0] ?? '';
  }
}
