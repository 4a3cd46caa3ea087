import { Command, CommanderError } from 'commander';
import type { Words } from '../i18n.ts';
import { auditCommand } from './audit.ts';
import type { CommandContext } from './command-context.ts';
import { demoCommand } from './demo/demo.ts';
import { doctorCommand } from './doctor/doctor.ts';
import { officerCommand } from './officer.ts';
import { OtherUser } from './owner.ts';
import { qrCommand } from './qr.ts';
import { whyNot } from './start-words.ts';
import type { Terminal } from './terminal.ts';

/** Runs one operator command; resolves to the exit code. */
export async function runTiexin(
  args: readonly string[],
  context: Omit<CommandContext, 'end'> & { out(text: string): void; err(text: string): void },
): Promise<number> {
  let ended = 0;
  const program = programOf({
    ...context,
    end: (code) => {
      ended = code;
    },
  });
  speaking(program, context);
  try {
    await program.parseAsync(args, { from: 'user' });
    return ended;
  } catch (cause) {
    if (cause instanceof CommanderError) {
      if (cause.exitCode === 0 || cause.code === 'commander.help') return cause.exitCode;
      context.err(`${misuse(cause, context)}\n`);
      return 2;
    }
    if (cause instanceof OtherUser) {
      context.terminal.complain('cli:otherUser', { dataDir: cause.dataDir, owner: cause.owner });
      return 1;
    }
    for (const line of whyNot(context.words, cause)) context.err(`${line}\n`);
    return 1;
  }
}

function programOf(context: CommandContext): Command {
  const program = new Command('tiexin').description(context.terminal.words('cli:about'));
  officerCommand(program, context);
  doctorCommand(program, context);
  auditCommand(program, context);
  qrCommand(program, context);
  demoCommand(program, context);
  return program;
}

/** Lets commander speak the operator's language, in its commands and all below them. */
function speaking(command: Command, context: { terminal: Terminal; words: Words; out(text: string): void; err(text: string): void }): void {
  const { terminal, out, err } = context;
  const titles: Readonly<Record<string, string>> = {
    'Usage:': 'usage',
    'Options:': 'options',
    'Commands:': 'commands',
    'Arguments:': 'arguments',
  };
  command
    .exitOverride()
    .helpOption('-h, --help', terminal.words('cli:help.about'))
    .helpCommand(false)
    .configureOutput({ writeOut: out, writeErr: err, outputError: () => undefined })
    .configureHelp({ styleTitle: (title) => (titles[title] ? terminal.words(`cli:help.${titles[title]}`) : title) });
  for (const below of command.commands) speaking(below, context);
}

/** What was wrong with the command as typed. */
function misuse(cause: CommanderError, { terminal }: { terminal: Terminal }): string {
  const what = /'([^']*)'/.exec(cause.message)?.[1] ?? '';
  const known = ['unknownCommand', 'unknownOption', 'missingMandatoryOptionValue', 'optionMissingArgument', 'excessArguments'];
  const why = known.find((code) => cause.code === `commander.${code}`) ?? 'other';
  return terminal.words(`cli:misuse.${why}`, { what });
}
