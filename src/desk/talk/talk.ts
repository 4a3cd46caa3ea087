import type { Chance } from '../../domain/chance.ts';
import type { Memory } from '../../domain/conversation.ts';
import type { DangerRules } from '../../domain/danger.ts';
import type { Change, Decision, Desk, Found, Need } from '../../domain/decision.ts';
import type { Button, Inbound, Saying } from '../../domain/message.ts';
import type { Around } from '../../flow/effect.ts';
import type { Flow } from '../../flow/flow.ts';
import type { Words } from '../../i18n.ts';

/** What every turn is decided with: the words, the danger rules and the forms of this release. */
export interface TurnContext {
  readonly dangerRules: readonly DangerRules[];
  readonly words: Words;
  readonly flows: Readonly<Record<string, Flow>>;
}

/** One turn while it is being decided: what is known, and what has been gathered so far. */
export interface Talk {
  readonly inbound: Inbound;
  readonly desk: Desk;
  readonly chance: Chance;
  readonly context: TurnContext;
  /** The resident's language from here on. */
  locale: string;
  /** As it will be remembered. */
  memory: Memory;
  readonly changes: Change[];
  readonly sayings: Saying[];
  readonly missing: Need[];
  result: Record<string, unknown>;
}

export const talkOf = (inbound: Inbound, context: TurnContext, desk: Desk, chance: Chance): Talk => ({
  inbound,
  desk,
  chance,
  context,
  locale: desk.conversation.locale,
  memory: desk.conversation.memory,
  changes: [],
  sayings: [],
  missing: [],
  result: {},
});

/** The turn's decision: what it lacks, asked for once, or all it gathered. */
export function decided(talk: Talk): Decision {
  if (talk.missing.length > 0 && talk.desk.found.length === 0) return { needs: talk.missing };
  // First: what a fact adds to the memory by itself stands.
  const remembered: Change[] = talk.memory === talk.desk.conversation.memory ? [] : [{ do: 'remember', memory: talk.memory }];
  return { changes: [...remembered, ...talk.changes], say: talk.sayings, result: talk.result };
}

/** What the store found for a need; undefined on the first round, which then only gathers needs. */
export function found<W extends Need['what']>(talk: Talk, need: Extract<Need, { what: W }>): Extract<Found, { what: W }> | undefined {
  const answer = talk.desk.found.find((one): one is Extract<Found, { what: W }> => one.what === need.what);
  if (!answer && !talk.missing.some(({ what }) => what === need.what)) talk.missing.push(need);
  return answer;
}

export const say = (talk: Talk, saying: Saying): void => {
  talk.sayings.push(saying);
};

/** What a flow may look at this turn. */
export const around = ({ desk, chance, context, locale }: Talk): Around => ({
  catalogue: desk.catalogue,
  locale,
  words: context.words,
  now: chance.now,
  message: desk.message.id,
});

export const change = (talk: Talk, ...changes: readonly Change[]): void => {
  talk.changes.push(...changes);
};

export const remember = (talk: Talk, patch: Partial<Memory>): void => {
  talk.memory = { ...talk.memory, ...patch };
};

/** A button of the desk's own words. */
export const button = (key: string, tap: Button['tap'], values?: Readonly<Record<string, string | number>>): Button => ({
  label: { key, ...(values && { values }) },
  tap,
});
