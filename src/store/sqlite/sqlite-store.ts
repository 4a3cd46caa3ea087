import type { Outbound } from '../../domain/message.ts';
import { Refused } from '../../domain/refusal.ts';
import type { Store } from '../store.ts';
import * as accounts from './accounts.ts';
import { act } from './act.ts';
import type { AuditHeads } from './audit-heads.ts';
import { readAudit } from './audit-read.ts';
import { verifyChains } from './audit-verify.ts';
import { named } from './batch.ts';
import { saveSettings, saveUnit } from './catalogue-edits.ts';
import type { Touched } from './core.ts';
import { findDeliveries } from './deliveries.ts';
import { acknowledgeEmergency, findEmergencies } from './emergencies.ts';
import { excludedRatings, excludeRating } from './exclusions.ts';
import { readFeed } from './feed.ts';
import { ownFigures, ratingFigures } from './figures.ts';
import { findCases } from './find-cases.ts';
import { findContacts } from './find-contacts.ts';
import { findRatings } from './find-ratings.ts';
import { healthOf } from './health.ts';
import { isNewMonth, lookIntoLowRatings } from './low-ratings.ts';
import type { Parts } from './parts.ts';
import { claimPulls, settlePull } from './pulls.ts';
import {
  caseInReach,
  fileInReach,
  isUnread,
  markRead,
  markSealedRead,
  openedContact,
  ownFile,
  readUnderSeal,
  viewOf,
} from './read-case.ts';
import * as replies from './replies.ts';
import { sparedCases } from './spared.ts';
import { readThread } from './thread.ts';
import { dealWith, duePromises } from './tick.ts';
import { takeTurn } from './turn.ts';

interface Around {
  heads: AuditHeads;
  listen(listener: (what: Touched) => void): () => void;
  close(): void;
}

/** The port over an opened database. Writes go through the batch; reads are answered at once. */
export function storeOver(parts: Parts, { heads, listen, close }: Around): Store {
  const { write } = parts;

  return {
    takeTurn: (inbound, decide, render) => write(() => takeTurn(parts, inbound, decide, render)),
    act: (wanted, render) => write(() => act(parts, wanted, render)),
    async tick(now, limit, decide, render) {
      const due = await read(() => duePromises(parts, now, limit));
      const dealt = await Promise.allSettled(due.map((promise) => write(() => dealWith(parts, promise, now, decide, render))));
      const done = dealt.flatMap((one): (readonly Outbound[])[] => (one.status === 'fulfilled' && one.value ? [one.value] : []));
      const failed = dealt.find((one) => one.status === 'rejected');
      if (failed) {
        await write(() => parts.outbox.giveBack(done.flat().map(({ id }) => id)));
        throw failed.reason;
      }
      return { done: done.length, outbound: done.flat() };
    },

    // Asked after every commit: only where there is something does it become a write.
    claim: async (limit, until) =>
      (await read(() => parts.outbox.hasDue(parts.now()) || parts.attachments.toPull(parts.now(), 1).length > 0))
        ? write(() => ({ outbound: parts.outbox.claim(limit, until, parts.now()), toPull: claimPulls(parts, limit, until) }))
        : { outbound: [], toPull: [] },
    settle: (settlements, pulled = [], render) =>
      write(() => {
        for (const settlement of settlements) parts.settlements.settle(settlement, parts.now());
        for (const one of pulled) settlePull(parts, one, render);
      }),
    heldMedia: (ids) => read(() => ids.filter((id) => parts.attachments.byId(id) !== undefined)),

    async findCases(scope, reader, query) {
      const page = await read(() => findCases(parts, scope, query));
      const sealed = page.items.filter(({ file }) => file.sealed).map(({ file }) => file);
      if (sealed.length > 0) await write(() => markSealedRead(parts, reader, sealed, 'sealed-listed'));
      return page;
    },
    async readCase(scope, reader, reference) {
      let marked = false;
      for (;;) {
        const row = await read(() => caseInReach(parts, scope, reference));
        if (!row) return undefined;
        // It may go under seal while a mark is written: what is shown is what was marked.
        if (marked && row.sealed === 0) return read(() => viewOf(parts, row));
        if (row.sealed === 1) return write(() => readUnderSeal(parts, scope, reader, reference));
        marked = true;
        // A mark only: a disk that is full keeps nobody from reading.
        if (isUnread(row)) await write(() => markRead(parts, row)).catch(() => undefined);
      }
    },
    readContact: (scope, reader, reference) => write(() => openedContact(parts, scope, reader, reference)),
    async readMedia(by, media) {
      if ('address' in by) return read(() => ownFile(parts, by, media));
      const found = await read(() => fileInReach(parts, by.scope, media));
      if (found?.row.sealed === 1) await write(() => markSealedRead(parts, by.reader, [found.row], 'sealed-read'));
      return found?.media;
    },
    readThread: (channel, bot, address, after, limit) => read(() => readThread(parts, { channel, bot, address }, after, limit)),

    async findDeliveries(scope, reader, after, limit) {
      const { sealed, ...page } = await read(() => findDeliveries(parts, scope, after, limit));
      if (sealed.length > 0) await write(() => markSealedRead(parts, reader, sealed, 'sealed-listed'));
      return page;
    },

    async findEmergencies(scope, open, reader) {
      const lines = await read(() => findEmergencies(parts, scope, open));
      if (reader === undefined) return lines;
      const named = new Set(lines.flatMap(({ reference }) => (reference === undefined ? [] : [reference])));
      const sealed = await read(() =>
        [...named].flatMap((reference) => parts.caseRows.byReference(reference) ?? []).filter((row) => row.sealed === 1),
      );
      if (sealed.length > 0) await write(() => markSealedRead(parts, reader, sealed, 'sealed-listed'));
      return lines;
    },
    acknowledgeEmergency: (scope, officer, id) => write(() => acknowledgeEmergency(parts, scope, officer, id)),
    findContacts: (scope, after, limit) => read(() => findContacts(parts, scope, after, limit)),
    findRatings: (scope, after, limit) => read(() => findRatings(parts, scope, after, limit)),
    excludeRating: (scope, by, id, category) => write(() => excludeRating(parts, scope, by, id, category)),
    excludedRatings: () => read(() => excludedRatings(parts)),
    sparedCases: () => read(() => sparedCases(parts)),
    async lookIntoLowRatings(decide) {
      return (await read(() => isNewMonth(parts))) ? write(() => lookIntoLowRatings(parts, decide)) : 0;
    },
    ratingFigures: () => write(() => ratingFigures(parts)),
    ownFigures: (officer) => write(() => ownFigures(parts, officer)),
    replyToRatings: (officer, from, reply) => write(() => replies.replyToRatings(parts, officer, from, reply)),
    repliesOf: (officer) => read(() => replies.repliesOf(parts, officer)),
    findReplies: (scope, after, limit) => read(() => replies.findReplies(parts, scope, after, limit)),
    decideAppeal: (scope, by, id, decided) => write(() => replies.decideAppeal(parts, scope, by, id, decided)),

    feed: (after, limit) => read(() => readFeed(parts, after, limit)),
    onCommit: listen,

    catalogue: () => parts.catalogue(),
    saveSettings: (by, settings) => write(() => saveSettings(parts, by, settings)),
    saveUnit: (by, unit, once) => write(() => saveUnit(parts, by, unit, once)),

    officers: () => read(() => [...parts.officers().values()]),
    saveOfficer: (by, officer, once) => write(() => accounts.saveOfficer(parts, by, officer, once)),
    findSignIn: (username) => read(() => accounts.findSignIn(parts, username)),
    allowSignIn: (username, peer, succeeded) => write(() => accounts.allowSignIn(parts, username, peer, succeeded)),
    openSession: (digest, officer, expiresAt) => write(() => accounts.openSession(parts, digest, officer, expiresAt)),
    findSession: (digest) => read(() => accounts.findSession(parts, digest)),
    endSession: (digest) => write(() => accounts.endSession(parts, digest)),
    markDuty: (digest, onDuty, presentUntil) => write(() => accounts.markDuty(parts, digest, onDuty, presentUntil)),

    audit: (chains, subjects, after, limit, within) => read(() => readAudit(parts, chains, subjects, after, limit, within)),
    async verifyAudit() {
      heads.flush();
      return read(() => verifyChains(parts.sqlite, parts.master.audit, heads.read()));
    },
    health: () => healthOf(parts),
    async close() {
      close();
    },
  };
}

/** A read, as the port names its errors. */
async function read<T>(work: () => T): Promise<T> {
  try {
    return work();
  } catch (error) {
    throw error instanceof Refused ? error : named(error);
  }
}
