import { randomBytes } from 'node:crypto';
import type { Command } from 'commander';
import { fitsUnit } from '../desk/accounts/manage.ts';
import { mayManageFromShell } from '../desk/accounts/shell.ts';
import { weakness } from '../desk/accounts/weakness.ts';
import { hashed, oneTimePassword, oneTimeUntil } from '../desk/password.ts';
import { unitByCode, unitById } from '../domain/catalogue.ts';
import { type Officer, roles } from '../domain/officer.ts';
import type { OfficerChange, Store } from '../store/store.ts';
import type { CommandContext } from './command-context.ts';
import { withStore } from './store.ts';
import type { Terminal } from './terminal.ts';

const USERNAME = /^[a-z0-9][a-z0-9._-]{1,31}$/;

interface New {
  username: string;
  role: string;
  unit: string;
  name?: string;
  badge?: string;
  passwordStdin?: boolean;
}

/** `officer add|list|disable|password`. */
export function officerCommand(parent: Command, context: CommandContext): void {
  const { terminal, config, now } = context;
  const words = terminal.words;
  const inStore = (use: (store: Store) => Promise<number>) => async () => context.end(await withStore(config(), now, use));
  const officer = parent.command('officer').description(words('cli:officer.about'));
  const username = ['--username <username>', words('cli:officer.username')] as const;
  const passwordStdin = ['--password-stdin', words('cli:officer.passwordStdin')] as const;

  officer
    .command('add')
    .description(words('cli:officer.add.about'))
    .requiredOption(...username)
    .requiredOption('--role <role>', words('cli:officer.role', { roles: roles.join(' | ') }))
    .requiredOption('--unit <code>', words('cli:officer.unit'))
    .option('--name <name>', words('cli:officer.name'))
    .option('--badge <badge>', words('cli:officer.badge'))
    .option(...passwordStdin)
    .action((wanted: New) => inStore((store) => add(store, terminal, wanted, now()))());
  officer
    .command('list')
    .description(words('cli:officer.list.about'))
    .action(() => inStore((store) => list(store, terminal))());
  officer
    .command('disable')
    .description(words('cli:officer.disable.about'))
    .requiredOption(...username)
    .action((wanted: Pick<New, 'username'>) => inStore((store) => disable(store, terminal, wanted.username))());
  officer
    .command('password')
    .description(words('cli:officer.password.about'))
    .requiredOption(...username)
    .option(...passwordStdin)
    .action((wanted: Pick<New, 'username' | 'passwordStdin'>) => inStore((store) => resetPassword(store, terminal, wanted, now()))());
}

async function add(store: Store, terminal: Terminal, wanted: New, now: number): Promise<number> {
  const username = wanted.username.trim().toLowerCase();
  const catalogue = store.catalogue();
  const role = roles.find((known) => known === wanted.role);
  const unit = unitByCode(catalogue, wanted.unit);
  const officers = await store.officers();
  const refuse = (why: string, values: Record<string, string> = {}) => {
    terminal.complain(`cli:officer.refused.${why}`, { username, ...values });
    return 1;
  };
  if (!USERNAME.test(username)) return refuse('username');
  if (!role) return refuse('role', { role: wanted.role, roles: roles.join(' | ') });
  if (!unit) return refuse('unit', { unit: wanted.unit, units: catalogue.units.map(({ code }) => code).join(' ') });
  if (!fitsUnit(role, unit.id, catalogue)) return refuse('unfit', { role: terminal.words(`cli:role.${role}`), unit: unit.code });
  if (officers.some((other) => other.username === username)) return refuse('taken');
  if (!mayManageFromShell(officers, { username, role })) return refuse('inspectors');
  const password = await newPassword(terminal, wanted, username, now);
  if (!password) return 1;
  await store.saveOfficer('command-line', {
    username,
    role,
    unit: unit.id,
    publicName: wanted.name?.trim() || username,
    ...(wanted.badge !== undefined && { badge: wanted.badge.trim() }),
    ...password.kept,
  });
  terminal.say('cli:officer.add.done', { username, role: terminal.words(`cli:role.${role}`), unit: unit.code });
  password.tell();
  return 0;
}

async function list(store: Store, terminal: Terminal): Promise<number> {
  const catalogue = store.catalogue();
  const officers = await store.officers();
  if (officers.length === 0) terminal.say('cli:officer.list.none');
  for (const officer of officers) {
    const unit = unitById(catalogue, officer.unit)?.code ?? officer.unit;
    const state = officer.disabledAt !== undefined ? 'disabled' : officer.oneTimeUntil !== undefined ? 'oneTime' : 'working';
    terminal.line(
      [
        officer.username,
        terminal.words(`cli:role.${officer.role}`),
        unit,
        officer.publicName,
        officer.badge ?? '-',
        terminal.words(`cli:officer.state.${state}`),
      ].join('\t'),
    );
  }
  return 0;
}

async function disable(store: Store, terminal: Terminal, typed: string): Promise<number> {
  const found = await manageable(store, terminal, typed);
  if (!found) return 1;
  await store.saveOfficer('command-line', { ...sameAs(found), disabled: true });
  terminal.say('cli:officer.disable.done', { username: found.username });
  return 0;
}

async function resetPassword(
  store: Store,
  terminal: Terminal,
  wanted: Pick<New, 'username' | 'passwordStdin'>,
  now: number,
): Promise<number> {
  const found = await manageable(store, terminal, wanted.username);
  if (!found) return 1;
  const password = await newPassword(terminal, wanted, found.username, now);
  if (!password) return 1;
  await store.saveOfficer('command-line', { ...sameAs(found), ...password.kept });
  terminal.say('cli:officer.password.done', { username: found.username });
  password.tell();
  return 0;
}

/** The account, where there is one and the shell may touch it; otherwise says why not. */
async function manageable(store: Store, terminal: Terminal, typed: string): Promise<Officer | undefined> {
  const username = typed.trim().toLowerCase();
  const officers = await store.officers();
  const found = officers.find((officer) => officer.username === username);
  const why = !found ? 'unknown' : mayManageFromShell(officers, found) ? undefined : 'inspectors';
  if (why) terminal.complain(`cli:officer.refused.${why}`, { username });
  return why ? undefined : found;
}

const sameAs = ({ id, username, role, unit, publicName, badge, version }: Officer): OfficerChange => ({
  id,
  username,
  role,
  unit,
  publicName,
  ...(badge !== undefined && { badge }),
  seen: version,
});

/** One from standard input stays; one made here is shown once and must be changed at the first sign-in. */
async function newPassword(terminal: Terminal, { passwordStdin }: Pick<New, 'passwordStdin'>, username: string, now: number) {
  const given = passwordStdin ? (await terminal.input()).split(/\r?\n/)[0] : undefined;
  const why = given === undefined ? undefined : weakness(given, username);
  if (why) {
    terminal.complain(`cli:officer.refused.password.${why}`, { username });
    return undefined;
  }
  const password = given ?? oneTimePassword(randomBytes(64));
  return {
    kept: { passwordHash: await hashed(password), oneTimeUntil: given === undefined ? oneTimeUntil(now) : null },
    tell: () => {
      if (given === undefined) terminal.say('cli:officer.oneTime', { password });
    },
  };
}
