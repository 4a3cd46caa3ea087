import type { Command } from 'commander';
import type { Config } from '../../config.ts';
import type { CommandContext } from '../command-context.ts';
import { withStore } from '../store.ts';
import type { Terminal } from '../terminal.ts';
import { lookAtDesk } from './desk.ts';
import { broken, type Finding } from './finding.ts';
import { lookAtFolder } from './folder.ts';
import { lookAround } from './surroundings.ts';
import { lookAtTelegram } from './telegram.ts';
import { lookAtWeChat } from './wechat.ts';

const MARKS: Readonly<Record<Finding['state'], string>> = { fine: '✓', soon: '!', broken: '✗' };

/** `doctor`: what is wrong, each with its cure; ends with 1 where anything is broken. */
export function doctorCommand(parent: Command, { terminal, config, now, end }: CommandContext): void {
  parent
    .command('doctor')
    .description(terminal.words('cli:doctor.about'))
    .action(async () => {
      const findings = await examine(config(), terminal, now);
      for (const finding of findings) tell(finding, terminal);
      const bad = findings.filter(({ state }) => state === 'broken').length;
      terminal.say(bad === 0 ? 'cli:doctor.well' : 'cli:doctor.ill', { count: bad });
      end(bad === 0 ? 0 : 1);
    });
}

/** Every look, those that need the database last; nothing is changed, and nothing is made that is not there. */
async function examine(config: Config, terminal: Terminal, now: () => number): Promise<Finding[]> {
  const outside = await lookAtFolder(config);
  const around = [...(await lookAround(config, now())), ...(await lookAtTelegram(config, now())), ...(await lookAtWeChat(config))];
  const canOpen = !outside.some(({ state, name }) => state === 'broken' && name !== 'noRoom' && name !== 'keyOpen');
  if (!canOpen) return [...outside, ...around];
  try {
    return [...outside, ...(await withStore(config, now, (store) => lookAtDesk(store, terminal))), ...around];
  } catch (cause) {
    return [...outside, broken('databaseShut', { why: cause instanceof Error ? cause.message : String(cause) }), ...around];
  }
}

function tell({ state, name, values }: Finding, terminal: Terminal): void {
  terminal.line(`${MARKS[state]} ${terminal.words(`cli:doctor.found.${name}`, values)}`);
  if (state !== 'fine') terminal.line(`  → ${terminal.words(`cli:doctor.cure.${name}`, values)}`);
}
