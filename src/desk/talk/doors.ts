import type { CommandName } from '../../domain/message.ts';
import type { Tap } from '../../domain/tap.ts';
import { caseTapped } from './deeds.ts';
import { answerForm, askAgain, openForm, park, sayFinished, unpark } from './form.ts';
import { showDoors } from './home.ts';
import { askLanguage, switchLanguage } from './language.ts';
import { openDoor } from './loose.ts';
import { showMine } from './mine.ts';
import { wantPerson } from './person.ts';
import { showPushes } from './pushes.ts';
import { offerRating, openInvitation } from './rate.ts';
import { rateAtPlace } from './rate-at-place.ts';
import type { Talk } from './talk.ts';

const CONTINUE = 'continue.';

/** Opens a door by its name; a name of no door leads home. */
export function enter(talk: Talk, door: string): void {
  if (door.startsWith(CONTINUE)) {
    goOn(talk, door.slice(CONTINUE.length));
    return;
  }
  switch (door) {
    case 'report':
    case 'help':
      openDoor(talk, door);
      return;
    case 'rate':
      park(talk);
      offerRating(talk);
      return;
    case 'mine':
      park(talk);
      showMine(talk);
      return;
    case 'lookup':
      openForm(talk, 'lookup');
      return;
    case 'human':
      wantPerson(talk);
      return;
    default:
      goHome(talk);
      return;
  }
}

/** A form that was put aside, or is still open after danger was named in it. */
function goOn(talk: Talk, id: string): void {
  const intake = talk.memory.intake?.id === id ? talk.memory.intake : unpark(talk, id);
  if (intake) askAgain(talk, intake);
  else sayFinished(talk, id);
}

/** The doors; a form that was open is kept and can be gone on with. */
function goHome(talk: Talk): void {
  const parked = talk.memory.parked.length;
  park(talk);
  showDoors(talk, talk.memory.parked.length > parked ? 'desk:home.kept' : 'desk:home.ask');
}

/** Commands of the conversation, whatever form their button stood under. */
const everywhere: ReadonlySet<CommandName> = new Set(['home', 'human', 'language']);

/** What a tapped button asks for. */
export function tapped(talk: Talk, tap: Tap): void {
  switch (tap.on) {
    case 'home':
      enter(talk, tap.door);
      return;
    case 'language':
      switchLanguage(talk, tap.locale);
      return;
    case 'pushes':
      showPushes(talk, tap.show);
      return;
    case 'invitation':
      openInvitation(talk, tap.id);
      return;
    case 'case':
      caseTapped(talk, tap);
      return;
    case 'step':
    case 'edit':
      formTapped(talk, tap.intake, tap);
      return;
    case 'command':
      if (tap.intake === undefined || everywhere.has(tap.name)) command(talk, tap.name);
      else formTapped(talk, tap.intake, tap);
      return;
  }
}

/** A tap belongs to its form, however old its keyboard: open, put aside, or over. */
function formTapped(talk: Talk, id: string, tap: Tap): void {
  const intake = talk.memory.intake?.id === id ? talk.memory.intake : unpark(talk, id);
  if (intake) answerForm(talk, intake, { type: 'tap', tap });
  else sayFinished(talk, id);
}

/** A command, typed or tapped; most are the open form's. */
export function command(talk: Talk, name: CommandName): void {
  switch (name) {
    case 'home':
      goHome(talk);
      return;
    case 'human':
      wantPerson(talk);
      return;
    case 'language':
      askLanguage(talk);
      return;
  }
  const { intake } = talk.memory;
  if (intake) answerForm(talk, intake, { type: 'command', name });
  else showDoors(talk, 'desk:form.none');
}

/** What a link begins with: a door, an invitation, or just hello. */
export function started(talk: Talk, payload: string): void {
  const door = Object.hasOwn(links, payload) ? links[payload] : undefined;
  if (door !== undefined) {
    enter(talk, door);
    return;
  }
  if (rateAtPlace(talk, payload)) return;
  if (/^[0-9a-f-]{32,40}$/i.test(payload)) {
    openInvitation(talk, payload);
    return;
  }
  goHome(talk);
}

/** Short for posters and QR codes, whole for people who read links. */
const links: Readonly<Record<string, string>> = {
  r: 'report',
  report: 'report',
  h: 'help',
  help: 'help',
  e: 'rate',
  rate: 'rate',
  m: 'mine',
  mine: 'mine',
  p: 'human',
  human: 'human',
  q: 'lookup',
  lookup: 'lookup',
};
