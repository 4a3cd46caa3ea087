import type { Change } from '../../domain/decision.ts';
import { counted } from './allowance.ts';
import { addEvent, addNote, openContact } from './case-events.ts';
import { askAboutContact, invite, inviteAt, leaveUnasked, meet } from './contacts.ts';
import { raiseEmergency } from './emergencies.ts';
import { countWrongLookup } from './lookups.ts';
import { openCase } from './open-case.ts';
import type { Parts } from './parts.ts';
import { keepPromise, makePromise } from './promises.ts';
import { followUp, rate } from './ratings.ts';
import type { Scene } from './scene.ts';
import { fileMessages, sealCase } from './sealing.ts';
import { unveil } from './veiled.ts';

/** Makes facts of what was decided: the one way for turns, acts and the clock. */
export function apply(parts: Parts, scene: Scene, changes: readonly Change[]): void {
  for (const change of changes) applyOne(parts, scene, change);
  const { conversation } = scene;
  if (!conversation || scene.filedSealed.length === 0) return;
  const sealedCases = [...new Set([...conversation.memory.sealedCases, ...scene.filedSealed])];
  conversation.memory = { ...conversation.memory, sealedCases };
  scene.changed = true;
}

type Fact<Do extends Change['do']> = (parts: Parts, scene: Scene, change: Extract<Change, { do: Do }>) => void;

const facts: { [Do in Change['do']]: Fact<Do> } = {
  remember: (_parts, scene, { memory }) =>
    inConversation(scene, (conversation) => {
      conversation.memory = memory;
    }),
  setConversation: (parts, scene, { locale, reachable, forgetAddress = false }) =>
    inConversation(scene, (conversation) => {
      if (locale !== undefined) conversation.locale = locale;
      if (reachable !== undefined) conversation.reachable = reachable;
      if (!forgetAddress) return;
      parts.conversations.forgetAddress(conversation);
      parts.emptyLog();
    }),
  count: (_parts, scene, { allowance, told = false }) =>
    inConversation(scene, (conversation) => {
      conversation.allowance = counted(conversation.allowance, allowance, told, scene.chance.now);
    }),
  linkGuest: (_parts, scene, change) =>
    inConversation(scene, (conversation) => {
      const guestCases = [...new Set([...conversation.memory.guestCases, change.case])];
      conversation.memory = { ...conversation.memory, guestCases };
    }),
  openCase,
  event: addEvent,
  note: addNote,
  fileMessages,
  seal: sealCase,
  promise: makePromise,
  keep: keepPromise,
  openContact,
  raiseEmergency,
  invite,
  inviteAt,
  leaveUnasked,
  meet,
  askAboutContact,
  useInvitation: rate,
  followUp,
  wrongLookup: countWrongLookup,
  unveil,
};

function applyOne<Do extends Change['do']>(parts: Parts, scene: Scene, change: Extract<Change, { do: Do }>): void {
  const fact: Fact<Do> = facts[change.do as Do];
  fact(parts, scene, change);
}

function inConversation(scene: Scene, work: (conversation: NonNullable<Scene['conversation']>) => void): void {
  if (!scene.conversation) throw new Error('no-conversation-here');
  work(scene.conversation);
  scene.changed = true;
}
