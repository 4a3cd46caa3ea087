import { type Id, idFrom } from '../../domain/chance.ts';
import type { DecideTurn, Decision, Desk } from '../../domain/decision.ts';
import type { Inbound, Input } from '../../domain/message.ts';
import { type Refusal, Refused } from '../../domain/refusal.ts';
import type { Render, Taken } from '../store.ts';
import { allowanceNow } from './allowance.ts';
import { apply } from './apply.ts';
import type { OpenConversation } from './conversations.ts';
import { load } from './needs.ts';
import { lanesOf } from './outbox.ts';
import type { Parts } from './parts.ts';
import { reachabilityTurned, windowOpened } from './reachability.ts';
import { receive } from './receive.ts';
import { say } from './say.ts';
import type { Scene } from './scene.ts';

/** Takes one inbound, within a write: stores it, decides, makes the facts, owes what is said. */
export function takeTurn(parts: Parts, inbound: Inbound, decide: DecideTurn, render: Render): Taken {
  const chance = parts.chance();
  const { now } = chance;
  const known = parts.conversations.find(inbound);
  const key = parts.messages.keyOf(inbound);
  const earlier = known && parts.messages.received(key);
  if (earlier) return repeated(parts, known, earlier);
  const conversation = known ?? parts.conversations.begin(idFrom(chance, 'conversation'), inbound, inbound.locale, now);
  const wasReachable = conversation.reachable;
  const scene: Scene = { chance, actor: 'resident', conversation, changed: false, filedSealed: [], answered: new Set() };
  if (inbound.numbered) scene.numbered = true;
  const seq = receive(parts, scene, conversation, inbound, key);
  // Asked before anything is owed: what waited for this window is handed back with what is said now.
  const heldUp = inbound.opensWindow ? parts.outbox.isHeldUp(lanesOf(conversation), now) : undefined;
  if (!conversation.reachable && inbound.input.type !== 'reachability') {
    conversation.reachable = true;
    scene.changed = true;
  }
  if (!conversation.hasAddress && isHere(inbound.input)) parts.conversations.keepAddress(conversation, inbound.address);
  const decision = decided(parts, scene, decide);
  apply(parts, scene, decision.changes);
  if (conversation.reachable !== wasReachable) reachabilityTurned(parts, conversation, now);
  const waited = heldUp !== undefined && conversation.reachable ? windowOpened(parts, conversation, heldUp, now) : [];
  if (waited.length > 0 && scene.inbound) {
    conversation.memory = { ...conversation.memory, handedBack: { to: scene.inbound.id, outbound: waited.map(({ id }) => id) } };
    scene.changed = true;
  }
  const said = say(parts, scene, decision.say, render, heldUp);
  if (scene.changed) parts.conversations.save(conversation, now);
  return { repeat: false, conversation: conversation.id, seq, outbound: [...waited, ...said], result: decision.result ?? {} };
}

/** Whether it came from the resident, rather than told that they are gone. */
const isHere = (input: Input): boolean => input.type !== 'reachability' || input.to === 'back';

function repeated(parts: Parts, { id: conversation, memory }: OpenConversation, { id, seq }: { id: Id; seq: number }): Taken {
  const waited = memory.handedBack?.to === id ? memory.handedBack.outbound : [];
  const outbound = [...waited, ...parts.messages.replies(id)].flatMap((said) => parts.outbox.said(said) ?? []);
  return { repeat: true, conversation, seq, outbound, result: {} };
}

/** Decides, and once more where the first time something was missing. */
function decided(parts: Parts, scene: Scene, decide: DecideTurn): Extract<Decision, { changes: unknown }> {
  const { conversation, inbound, chance } = scene;
  if (!conversation || !inbound) throw new Error('no-turn');
  const { id, channel, locale, reachable, memory } = conversation;
  const desk: Desk = {
    conversation: { id, channel, locale, reachable, memory },
    message: { id: inbound.id, ...(inbound.inCase && { inCase: true }) },
    allowance: allowanceNow(conversation.allowance, chance.now),
    catalogue: parts.catalogue(),
    found: [],
  };
  const first = decide(desk, chance);
  const decision = 'needs' in first ? decide({ ...desk, found: load(parts, scene, first.needs) }, chance) : first;
  return settledOrThrow(decision);
}

/** A decision that changes something; a refusal is thrown, and a second wish for more is a fault. */
export function settledOrThrow(decision: Decision): Extract<Decision, { changes: unknown }> {
  if ('needs' in decision) throw new Error('needs-asked-twice');
  if ('refuse' in decision) throw new Refused(decision.refuse as Refusal, decision.detail ?? {});
  return decision;
}
