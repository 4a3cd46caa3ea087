import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Command } from 'commander';
import { dangerRulesIn } from '../../desk/danger-rules.ts';
import type { CommandContext } from '../command-context.ts';
import { withStore } from '../store.ts';
import { Agenda } from './agenda.ts';
import { DEMO_PASSWORD } from './people.ts';
import { DemoStation } from './station.ts';

const LOCALES = fileURLToPath(new URL('../../../locales', import.meta.url));
/** The oldest story began before this. */
const BEGAN_MS = 45 * 86_400_000;

/** `demo`: a made-up station with sixty cases, made by the desk itself in an empty data folder. */
export function demoCommand(parent: Command, { terminal, words, config, now, end }: CommandContext): void {
  parent
    .command('demo')
    .description(terminal.words('cli:demo.about'))
    .action(async () => {
      const { dataDir, defaultLocale, zone } = config();
      if (existsSync(join(dataDir, 'tiexin.db'))) {
        terminal.complain('cli:demo.notEmpty', { dataDir });
        end(1);
        return;
      }
      const finish = now();
      const agenda = new Agenda(finish - BEGAN_MS);
      const made = await withStore(
        config(),
        () => agenda.at,
        (store) =>
          new DemoStation({ store, words, dangerRules: dangerRulesIn(LOCALES), agenda }, { locale: defaultLocale, zone }).live(finish),
      );
      terminal.say('cli:demo.done', { ...made, password: DEMO_PASSWORD });
      terminal.say('cli:demo.next', { dataDir });
      terminal.say('cli:demo.onlyDemo');
    });
}
