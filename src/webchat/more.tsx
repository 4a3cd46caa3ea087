import { Icon, type IconName } from './icons.tsx';
import type { Part } from './page.tsx';

/** Everything else one can do, each with its name. */
export function More({
  chat,
  state,
  words,
  close,
  camera,
  album,
  place,
  lookUp,
}: Part & { close: () => void; camera: () => void; album: () => void; place: () => void }) {
  const choices: readonly (readonly [IconName, string, () => void])[] = [
    ['camera', words.more.camera, camera],
    ['album', words.more.album, album],
    ['place', words.more.place, place],
    ['mine', words.more.mine, () => chat.tap('h:mine', words.more.mine)],
    ['search', words.more['look-up'], lookUp],
    ['human', words.more.human, () => chat.tap('h:human', words.more.human)],
    ['home', words.more.home, () => chat.tap('k:home', words.more.home)],
    ['phone', words.more.own, () => chat.askOwn()],
  ];
  return (
    <ul class="more" aria-label={words.more.title}>
      {choices.map(([icon, label, act]) => (
        <li key={icon}>
          <button
            type="button"
            class="more-choice"
            onClick={() => {
              close();
              act();
            }}
          >
            <Icon name={icon} />
            {label}
          </button>
        </li>
      ))}
      <li>
        <a class="more-choice" href={`/satisfaction?lang=${state.locale}`}>
          <Icon name="rate" />
          {words.more.satisfaction}
        </a>
      </li>
    </ul>
  );
}
