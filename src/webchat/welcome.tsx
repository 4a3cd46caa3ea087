import { Icon } from './icons.tsx';
import { oneTap } from './one-tap.ts';
import { OwnPhone } from './own-phone.tsx';
import type { Part } from './page.tsx';
import { fill } from './words.ts';

/** The resident's doors, as the desk names them. */
export const doors = ['report', 'help', 'rate', 'mine', 'human'] as const;

/** The first screen: nothing is asked and nothing is kept until a door is opened or something is written. */
export function Welcome(part: Part) {
  const { chat, state, words, lookUp } = part;
  return (
    <div class="welcome">
      <section class="hello">
        <h2>{fill(words.welcome.hello, { station: state.station || words.station })}</h2>
        <p>{words.welcome.machine}</p>
      </section>
      <h3 id="doors">{words.welcome.doors}</h3>
      <ul class="doors" aria-labelledby="doors">
        {doors.map((door) => (
          <li key={door}>
            <button type="button" class="door" onClick={oneTap(() => chat.tap(`h:${door}`, words.door[door]))}>
              <Icon name={door} />
              <span class="door-words">
                <span class="door-name">{words.door[door]}</span>
                <span class="door-hint">{words.door[`${door}-hint`]}</span>
              </span>
            </button>
          </li>
        ))}
      </ul>
      <OwnPhone {...part} />
      <button type="button" class="text-button" onClick={lookUp}>
        <Icon name="search" />
        {words.welcome['look-up']}
      </button>
    </div>
  );
}
