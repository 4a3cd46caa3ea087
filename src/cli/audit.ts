import type { Command } from 'commander';
import { unitById } from '../domain/catalogue.ts';
import type { ChainState, Store } from '../store/store.ts';
import type { CommandContext } from './command-context.ts';
import { withStore } from './store.ts';
import type { Terminal } from './terminal.ts';

/** `audit verify`: whether the record of who did and read what is whole, chain by chain. */
export function auditCommand(parent: Command, { terminal, config, now, end }: CommandContext): void {
  const audit = parent.command('audit').description(terminal.words('cli:audit.about'));
  audit
    .command('verify')
    .description(terminal.words('cli:audit.verify'))
    .action(async () => end(await withStore(config(), now, (store) => verify(store, terminal))));
}

async function verify(store: Store, terminal: Terminal): Promise<number> {
  const chains = await store.verifyAudit();
  const catalogue = store.catalogue();
  for (const { chain, state } of chains) {
    const unit = unitById(catalogue, chain)?.code ?? chain;
    terminal.line(`${unit}\t${stateInWords(state, terminal)}`);
  }
  if (chains.length === 0) terminal.say('cli:audit.none');
  return chains.every(({ state }) => state.is === 'whole') ? 0 : 1;
}

/** One chain's state in one line. */
export function stateInWords(state: ChainState, { words }: Pick<Terminal, 'words'>): string {
  switch (state.is) {
    case 'whole':
      return words('cli:audit.whole', { entries: state.entries });
    case 'broken':
      return words('cli:audit.broken', { at: state.at, why: state.why });
    case 'tail-missing':
      return words('cli:audit.tailMissing', { after: state.after });
    case 'no-outside-head':
      return words('cli:audit.noOutsideHead', { entries: state.entries });
    case 'trigger-missing':
      return words('cli:audit.triggerMissing', { trigger: state.trigger });
  }
}
