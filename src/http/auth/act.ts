import { createHash } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import type { By } from '../../desk/casework.ts';
import type { CaseEvent } from '../../domain/case.ts';
import { lettersTyped } from '../../domain/chance.ts';
import { type Refusal, Refused, refusals } from '../../domain/refusal.ts';
import type { Act, Acted } from '../../store/store.ts';
import type { Deps } from '../deps.ts';
import { eventShown } from '../shown/case.ts';
import { readerOf } from '../shown/reader.ts';
import { signedIn } from './guard.ts';

/** A reference as typed into an address: tidied the same way whether such a case exists or not. */
export const referenceIn = (request: FastifyRequest): string =>
  lettersTyped(String((request.params as Readonly<Record<string, unknown>>).reference ?? ''));

/** Who acts, and the key that makes a repeat of the act harmless. */
export function byOf(request: FastifyRequest): By {
  const { officer, scope } = signedIn(request);
  const once = onceOf(request);
  return { officer, scope, ...(once && { once }) };
}

/** The key a write came with, for its route and body. */
export function onceOf(request: FastifyRequest): Act['once'] {
  const key = request.headers['idempotency-key'];
  if (key === undefined) return undefined;
  if (typeof key !== 'string' || !/^[\x21-\x7e]{1,128}$/.test(key)) {
    throw new Refused('invalid', { wrong: [{ pointer: 'Idempotency-Key', wrong: 'format' }] });
  }
  const route = `${request.method} ${request.url.split('?')[0]}`;
  const bodyHash = createHash('sha256')
    .update(JSON.stringify(request.body ?? null))
    .digest('hex');
  return { route, key, bodyHash };
}

/** As {@link byOf}, with the version the writer saw. Without one: 404 where the case is out of sight, and only then 428. */
export async function byWhoSaw(deps: Deps, request: FastifyRequest): Promise<By & { seen: number }> {
  const by = byOf(request);
  const seen = /^"(\d{1,15})"$/.exec(request.headers['if-match'] ?? '')?.[1];
  if (seen !== undefined) return { ...by, seen: Number(seen) };
  const found = await deps.store.readCase(by.scope, by.officer.id, referenceIn(request));
  throw new Refused(found ? 'if-match-needed' : 'not-found');
}

/** What was done; throws what was refused, `stale` with the events since, `not-your-step` with who can, in the reader's words. */
export async function done(deps: Deps, request: FastifyRequest, acting: Promise<Acted>): Promise<Extract<Acted, { done: true }>> {
  const acted = await acting;
  if (acted.done) return acted;
  const code = refusalOf(acted.refuse);
  if (code === 'stale') throw await staleSince(deps, request, acted.changed ?? []);
  if (code === 'not-your-step' && acted.detail?.who === 'owner') throw new Refused(code, { who: await ownerOf(deps, request) });
  if (code === 'invalid') throw new Refused(code, { wrong: [{ pointer: acted.detail?.pointer ?? '/reason', wrong: 'unknown' }] });
  throw new Refused(code, acted.detail);
}

async function staleSince(deps: Deps, request: FastifyRequest, events: readonly CaseEvent[]): Promise<Refused> {
  const reader = await readerOf(deps, request);
  const changed = events.map((event) => eventShown(event, reader)).map(({ seq, verb, at, by }) => ({ seq, verb, at, by }));
  const version = events.at(-1)?.version;
  return new Refused('stale', { changed, ...(version !== undefined && { version }) });
}

/** The owner by name: that is whom to ask. */
async function ownerOf({ store }: Deps, request: FastifyRequest): Promise<string> {
  const { officer, scope } = signedIn(request);
  const found = await store.readCase(scope, officer.id, referenceIn(request));
  return found?.owner?.publicName ?? 'owner';
}

const refusalOf = (code: string): Refusal => {
  const known = refusals.find((refusal) => refusal === code);
  // A code nobody knows is a mistake of ours, and must not pass for the caller's.
  if (!known) throw new Error(`unknown refusal ${code}`);
  return known;
};
