import { intakeIdFrom } from '../../domain/chance.ts';
import type { Intake } from '../../domain/conversation.ts';
import { advance, begin } from '../../flow/engine.ts';
import { flowNamed, follow, openForm, park } from './form.ts';
import { readAgain } from './hours.ts';
import { takeLoose } from './loose.ts';
import { around, say, type Talk } from './talk.ts';

/** A person, from anywhere: what was said so far goes to one with no question first; where nothing was, one line is asked for. */
export function wantPerson(talk: Talk): void {
  const { intake, loose } = talk.memory;
  if (intake && handOver(talk, intake)) return;
  if (loose.length > 0 && handOverLoose(talk)) return;
  const when = readAgain(talk);
  say(talk, when === undefined ? { key: 'desk:person.phone' } : { key: 'desk:person.phone-after-hours', values: { when } });
  openForm(talk, 'help');
}

/** Files a form for a person, if anything was said in it. */
function handOver(talk: Talk, intake: Intake): boolean {
  const flow = flowNamed(talk, intake.flow);
  if (!flow) return false;
  const turn = advance(flow, intake, { type: 'command', name: 'human' }, around(talk));
  const said = turn.effects.some((effect) => effect.type === 'human' && (effect.filing.details !== '' || effect.filing.media.length > 0));
  if (said) follow(talk, turn);
  return said;
}

/** Files the kept words as a request for help that asks nothing. */
function handOverLoose(talk: Talk): boolean {
  const flow = flowNamed(talk, 'help');
  if (!flow) return false;
  park(talk);
  const { intake } = begin(flow, around(talk), intakeIdFrom(talk.chance), undefined, takeLoose(talk));
  return handOver(talk, intake);
}
