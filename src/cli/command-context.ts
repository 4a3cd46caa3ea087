import type { Config } from '../config.ts';
import type { Words } from '../i18n.ts';
import type { Terminal } from './terminal.ts';

/** What every command is handed. */
export interface CommandContext {
  terminal: Terminal;
  words: Words;
  /** Throws where the environment is wrong: read only by a command that runs. */
  config(): Config;
  now(): number;
  /** Says how the process is to end: 0 all well, 1 something is wrong. */
  end(code: number): void;
}
