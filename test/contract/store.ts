import { describe } from 'vitest';
import { accounts } from './store-accounts.ts';
import { albums } from './store-albums.ts';
import { cases } from './store-cases.ts';
import { cursors } from './store-cursors.ts';
import { deliveries } from './store-deliveries.ts';
import type { MakeAdapter } from './store-fixtures.ts';
import { names } from './store-names.ts';
import { offered } from './store-offered.ts';
import { outbox } from './store-outbox.ts';
import { policy } from './store-policy.ts';
import { pulls } from './store-pulls.ts';
import { reach } from './store-reach.ts';
import { search } from './store-search.ts';
import { sickness } from './store-sick.ts';
import { turns } from './store-turns.ts';

/** What every adapter of the store keeps; run once against each. */
export function storeContract(name: string, make: MakeAdapter): void {
  describe(`${name} store`, () => {
    turns(make);
    names(make);
    albums(make);
    cases(make);
    outbox(make);
    reach(make);
    offered(make);
    pulls(make);
    deliveries(make);
    cursors(make);
    accounts(make);
    policy(make);
    search(make);
    sickness(make);
  });
}
