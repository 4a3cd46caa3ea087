import { advance } from '../../flow/engine.ts';
import { flowNamed, follow, openForm } from './form.ts';
import { readAgain } from './hours.ts';
import { openDoor } from './loose.ts';
import { around, say, type Talk } from './talk.ts';

/** A person, from anywhere: what was said so far goes to one with no question first; where nothing was, one line is asked for. */
export function wantPerson(talk: Talk): void {
  if (handOver(talk)) return;
  const when = readAgain(talk);
  if (talk.memory.loose.length === 0) {
    say(talk, when === undefined ? { key: 'desk:person.phone' } : { key: 'desk:person.phone-after-hours', values: { when } });
    openForm(talk, 'help');
    return;
  }
  openDoor(talk, 'help');
  handOver(talk);
}

/** Files the open form for a person, if anything was said in it. */
function handOver(talk: Talk): boolean {
  const { intake } = talk.memory;
  const flow = intake && flowNamed(talk, intake.flow);
  if (!flow) return false;
  const turn = advance(flow, intake, { type: 'command', name: 'human' }, around(talk));
  const said = turn.effects.some((effect) => effect.type === 'human' && (effect.filing.details !== '' || effect.filing.media.length > 0));
  if (said) follow(talk, turn);
  return said;
}
