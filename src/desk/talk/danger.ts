import type { CaseFile } from '../../domain/case.ts';
import { idFrom } from '../../domain/chance.ts';
import type { Intake } from '../../domain/conversation.ts';
import { readDanger } from '../../domain/danger.ts';
import type { Input } from '../../domain/message.ts';
import { aboutPolice } from '../../domain/policy.ts';
import { advance } from '../../flow/engine.ts';
import { flowNamed, follow } from './form.ts';
import { continueButton, humanButton } from './home.ts';
import { keepLoose } from './loose.ts';
import { layIntoCase } from './mine.ts';
import { caseOfForm, caseSpokenOf, isOpen, mayDo, myCase, myCases, quotedCase } from './own.ts';
import { around, change, remember, say, type Talk } from './talk.ts';

/** The words of an input, whatever they came with; danger is read in all of them. */
export function wordsIn(input: Input): string | undefined {
  const words = input.type === 'text' || input.type === 'edited' ? input.text : input.type === 'media' ? input.caption : undefined;
  return words?.trim() ? words : undefined;
}

/** Texts before this one that the rules read with it. */
const TEXTS_BEFORE = 2;

/**
 * Ahead of limits and forms: the dated rules read this text with the two before it. On `now` the number is said first,
 * an emergency is raised, and nothing is asked; `risk` puts a person first; `mention` is marked for the reader.
 */
export function watchForDanger(talk: Talk): 'now' | 'risk' | 'mention' | undefined {
  const text = wordsIn(talk.inbound.input);
  if (text === undefined) return undefined;
  const texts = [...talk.memory.lastTexts, text];
  remember(talk, { lastTexts: texts.slice(-TEXTS_BEFORE) });
  const danger = strongest(talk, texts);
  if (!danger) return undefined;
  // Read once: the same words would raise it again with each of the next two texts.
  remember(talk, { lastTexts: [] });
  const { toInspection, station, case: about } = routeOf(talk);
  change(talk, {
    do: 'raiseEmergency',
    id: idFrom(talk.chance, 'emergency'),
    level: danger.level,
    station,
    toInspection,
    ...(about !== undefined && { case: about }),
    ruleDate: danger.date,
    rule: danger.rule,
  });
  if (danger.level === 'now') {
    say(talk, {
      key: isSomebodyOnDuty(talk, station, toInspection) ? 'desk:danger.now' : 'desk:danger.now-nobody',
      buttons: [[humanButton]],
    });
  }
  if (danger.level === 'risk') say(talk, { key: helplines.get(danger.rule) ?? 'desk:danger.risk', buttons: [[humanButton]] });
  return danger.level;
}

/** Rules of `danger.json` that have a line of their own to call beside 110. */
const helplines: ReadonlyMap<string, string> = new Map([
  ['self-harm-thoughts', 'desk:danger.risk-self-harm'],
  ['violence-at-home', 'desk:danger.risk-home'],
  ['missing', 'desk:danger.risk-missing'],
]);

const levels = ['now', 'risk', 'mention'] as const;

/**
 * All languages' rules are read for every text, alone and with those before it: what came before may make it danger, and must
 * never make it less. Of several the most urgent.
 */
function strongest({ context }: Talk, texts: readonly string[]) {
  const read = context.dangerRules.flatMap((rules) =>
    [texts.slice(-1), texts].flatMap((together) => {
      const danger = readDanger(rules, together);
      return danger ? [{ ...danger, date: rules.date }] : [];
    }),
  );
  return levels.flatMap((level) => read.filter((danger) => danger.level === level))[0];
}

/** Asked for both, before it is known where it goes: the first round sees no case yet. */
function isSomebodyOnDuty(talk: Talk, station: string, toInspection: boolean): boolean {
  const answers = talk.desk.found.filter((one) => one.what === 'duty');
  if (answers.length === 0) talk.missing.push({ what: 'duty', station, sealed: false }, { what: 'duty', station, sealed: true });
  return answers[toInspection ? 1 : 0]?.present ?? false;
}

interface Route {
  station: string;
  toInspection: boolean;
  case?: string;
}

/** Words about a case go where that case is handled; beside anything open about police, to inspection all the same. */
function routeOf(talk: Talk): Route {
  const route = routeOfTalk(talk);
  const spokenOf = caseSpokenOf(talk)?.file;
  if (!spokenOf) return route;
  const ofCase = routeOfCase(spokenOf);
  return { ...ofCase, toInspection: ofCase.toInspection || route.toInspection };
}

const routeOfCase = (file: CaseFile): Route => ({
  station: file.station,
  toInspection: aboutPolice(file) || file.kind === 'complaint',
  case: file.id,
});

/** From inside a form or case about police it goes to inspection and the bureau's desk: never to the unit or officer named. */
function routeOfTalk(talk: Talk): Route {
  const { memory, desk } = talk;
  const station = desk.catalogue.rootStation;
  const reference = caseOfForm(memory.intake);
  const file = reference === undefined ? undefined : myCase(talk, reference)?.file;
  if (file) return routeOfCase(file);
  if (memory.intake) return { station, toInspection: memory.intake.answers.what === 'complaint' };
  if (memory.sealedCases.length === 0) return { station, toInspection: false };
  return { station, toInspection: myCases(talk).some(({ file }) => file.sealed && isOpen(file)) };
}

/**
 * With danger named nothing is asked and no form stands in the way; the words are kept all the same: in the case they answer, in the
 * open form if they fit, else for later. `told`: it was said before that the form is kept.
 */
export function keepQuietly(talk: Talk, told = false): void {
  const { input } = talk.inbound;
  const { intake } = talk.memory;
  const flow = intake && flowNamed(talk, intake.flow);
  const mine = quotedCase(talk);
  if (mine && mayDo(talk, mine, 'add')) {
    layIntoCase(talk, mine, [talk.desk.message.id]);
    if (flow && !told) sayKept(talk, intake);
    return;
  }
  if (!flow) {
    keepLoose(talk, input);
    return;
  }
  const turn = advance(flow, intake, input, around(talk));
  if (turn.intake.status !== 'open') {
    follow(talk, turn);
    return;
  }
  const landed = turn.intake.answers !== intake.answers;
  if (landed) remember(talk, { intake: turn.intake });
  else keepLoose(talk, input);
  if (!told) sayKept(talk, landed ? turn.intake : intake);
}

const sayKept = (talk: Talk, intake: Intake): void => say(talk, { key: 'desk:danger.kept', buttons: [[continueButton(intake)]] });
