import { lettersTyped, looksLikeLetters } from '../domain/chance.ts';
import type { DangerRules } from '../domain/danger.ts';
import type { DecideTurn } from '../domain/decision.ts';
import type { Inbound, Input } from '../domain/message.ts';
import type { Flow } from '../flow/flow.ts';
import { flows } from '../flows/list.ts';
import type { Words } from '../i18n.ts';
import { answerOnce, hushAlbum, isHushed, joinCase } from './talk/album.ts';
import { count, tooMany } from './talk/allowances.ts';
import { keepQuietly, watchForDanger } from './talk/danger.ts';
import { deedTyped } from './talk/deeds.ts';
import { command, enter, started, tapped } from './talk/doors.ts';
import { hearEdited } from './talk/edited.ts';
import { answerForm, putOldFormsAside } from './talk/form.ts';
import { greet, showDoors } from './talk/home.ts';
import { lookUp } from './talk/lookup.ts';
import { askWhere, keepLoose } from './talk/loose.ts';
import { receive } from './talk/media.ts';
import { showCase } from './talk/mine.ts';
import { isNumberOfNothing, meant } from './talk/numbered.ts';
import { myCases } from './talk/own.ts';
import { heardByCase } from './talk/quoted.ts';
import { change, decided, say, type Talk, talkOf } from './talk/talk.ts';
import { commandTyped, doorTyped, onlyHello } from './talk/typed.ts';
import { unveiled } from './talk/unveiled.ts';

/**
 * One inbound and all that follows from it: danger first, then limits, then the open form, a door, a case, or words kept
 * until their place is known. Pure: runs inside the store's transaction, perhaps twice.
 */
export const decideTurn =
  (
    inbound: Inbound,
    { dangerRules, words, forms = flows }: { dangerRules: readonly DangerRules[]; words: Words; forms?: Readonly<Record<string, Flow>> },
  ): DecideTurn =>
  (desk, chance) => {
    const context = { dangerRules, words, flows: forms };
    const input = meant(talkOf(inbound, context, desk, chance));
    const talk = talkOf({ ...inbound, input }, context, desk, chance);
    take(talk, input);
    return decided(talk);
  };

function take(talk: Talk, input: Input): void {
  if (input.type === 'reachability') {
    change(talk, { do: 'setConversation', reachable: input.to === 'back', ...(input.to === 'left' && { forgetAddress: true }) });
    return;
  }
  if (!talk.desk.conversation.reachable) change(talk, { do: 'setConversation', reachable: true });
  const pausedNow = putOldFormsAside(talk);
  const danger = watchForDanger(talk);
  if (input.type === 'edited') {
    hearEdited(talk, danger === 'now');
    return;
  }
  count(talk, input);
  if (talk.desk.message.inCase && input.type === 'media') {
    if (danger === 'now') hushAlbum(talk);
    else if (!isHushed(talk)) joinCase(talk, input);
    return;
  }
  if (danger === 'now' || isHushed(talk)) {
    keepQuietly(talk, isHushed(talk));
    if (danger === 'now') hushAlbum(talk);
    return;
  }
  if (tooMany(talk, 'messages')) {
    keepLoose(talk, input, true);
    return;
  }
  if (input.type !== 'lookup') greet(talk);
  if (pausedNow && (input.type === 'text' || input.type === 'media')) say(talk, { key: 'desk:form.paused' });
  const saidBefore = talk.sayings.length;
  answer(talk, input);
  answerOnce(talk, saidBefore);
}

function answer(talk: Talk, input: Exclude<Input, { type: 'edited' | 'reachability' }>): void {
  switch (input.type) {
    case 'tap':
      tapped(talk, input.tap);
      return;
    case 'command':
      command(talk, input.name);
      return;
    case 'start':
      started(talk, input.payload);
      return;
    case 'lookup':
      lookUp(talk, input);
      return;
    case 'unknown':
      say(talk, { key: 'desk:unknown' });
      return;
    case 'media':
      hearMedia(talk, input);
      return;
    case 'text':
      hearText(talk, input);
      return;
    case 'place':
      if (!heardByCase(talk, input)) hear(talk, input);
      return;
  }
}

function hearMedia(talk: Talk, input: Extract<Input, { type: 'media' }>): void {
  if (heardByCase(talk, input)) return;
  const { caption } = input;
  const tooManyFiles = tooMany(talk, 'media');
  if (talk.memory.intake && !tooManyFiles) {
    answerForm(talk, talk.memory.intake, input);
    return;
  }
  const items = tooManyFiles ? [] : receive(talk, input);
  if (items.length > 0) hear(talk, { ...input, items });
  else if (caption?.trim()) hear(talk, { type: 'text', text: caption });
}

function hearText(talk: Talk, input: Extract<Input, { type: 'text' }>): void {
  const name = commandTyped(talk, input.text);
  if (name) {
    command(talk, name);
    return;
  }
  const door = doorTyped(talk, input.text);
  if (door) {
    enter(talk, door);
    return;
  }
  if (heardByCase(talk, input)) return;
  if (unveiled(talk, input.text)) return;
  if (talk.memory.intake) {
    answerForm(talk, talk.memory.intake, input);
    return;
  }
  if (onlyHello(talk, input.text) || isNumberOfNothing(talk, input.text)) {
    showDoors(talk);
    return;
  }
  if (deedTyped(talk, input.text)) return;
  const reference = lettersTyped(input.text);
  const mine = looksLikeLetters(reference) ? myCases(talk).find(({ file }) => file.reference === reference) : undefined;
  if (mine) {
    showCase(talk, mine);
    return;
  }
  hear(talk, input);
}

/** The open form's, or kept until its place is known. */
function hear(talk: Talk, input: Input): void {
  if (talk.memory.intake) {
    answerForm(talk, talk.memory.intake, input);
    return;
  }
  keepLoose(talk, input);
  askWhere(talk);
}
