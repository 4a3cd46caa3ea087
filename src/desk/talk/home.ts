import type { Intake } from '../../domain/conversation.ts';
import type { Button } from '../../domain/message.ts';
import { briefly } from './briefly.ts';
import { readAgain } from './hours.ts';
import { button, remember, say, type Talk } from './talk.ts';

/** The resident's doors, in the order shown. */
export const doors = ['report', 'help', 'rate', 'mine', 'human'] as const;
export type Door = (typeof doors)[number];

const doorButton = (door: Door): Button => button(`desk:door.${door}`, { on: 'home', door });

export const reportButton: Button = doorButton('report');
export const homeButton: Button = button('desk:door.home', { on: 'command', name: 'home' });
export const humanButton: Button = button('desk:door.human', { on: 'command', name: 'human' });

/** What this is, once a conversation, before anything else is said. */
export function greet(talk: Talk): void {
  if (talk.memory.greeted) return;
  remember(talk, { greeted: true });
  const when = readAgain(talk);
  const station = stationName(talk);
  say(
    talk,
    when === undefined
      ? { key: 'desk:greeting.hello', values: { station } }
      : { key: 'desk:greeting.hello-after-hours', values: { station, when } },
  );
}

/** The doors, with what can be gone on with above them. */
export function showDoors(talk: Talk, key = 'desk:home.ask'): void {
  say(talk, { key, expects: 'choice', buttons: doorRows(talk) });
}

export const doorRows = (talk: Talk): Button[][] => [
  ...talk.memory.parked.map((intake) => [continueButton(intake)]),
  [doorButton('report'), doorButton('help')],
  [doorButton('rate'), doorButton('mine')],
  [doorButton('human'), ...otherLanguages(talk)],
];

/** Goes on with a form that was put aside. */
export function continueButton(intake: Intake): Button {
  const words = firstWords(intake);
  const tap = { on: 'home', door: `continue.${intake.id}` } as const;
  return words === undefined ? button('desk:door.continue-plain', tap) : button('desk:door.continue', tap, { words });
}

function firstWords({ answers }: Intake): string | undefined {
  const words = answers.details;
  return typeof words === 'string' && words !== '' ? briefly(words) : undefined;
}

/** Each language by its own name: whoever needs it can read it. */
export const otherLanguages = ({ context, locale }: Talk): Button[] =>
  context.words.locales
    .filter((other) => other !== locale)
    .map((other) => ({ label: { words: context.words.t('desk:language.name', other) }, tap: { on: 'language', locale: other } }));

/** Empty until the first-run checklist is done: then it is just the station. */
export const stationName = ({ desk, context, locale }: Talk): string =>
  desk.catalogue.settings.stationName || context.words.t('desk:station', locale);

export const bodyAbove = ({ desk, context, locale }: Talk): string =>
  desk.catalogue.settings.bodyAbove || context.words.t('desk:body-above', locale);
