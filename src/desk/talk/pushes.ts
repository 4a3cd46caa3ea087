import type { Tap } from '../../domain/tap.ts';
import { button, remember, say, type Talk } from './talk.ts';

/** Whether answers in sealed cases come with their words, as the resident wants it; one tap turns it back. */
export function showPushes(talk: Talk, show: Extract<Tap, { on: 'pushes' }>['show']): void {
  if (show === 'words') remember(talk, { plainPushes: true });
  else {
    const { plainPushes: _veiledAgain, ...rest } = talk.memory;
    talk.memory = rest;
  }
  const other = show === 'words' ? 'notice' : 'words';
  say(talk, { key: `desk:pushes.${show}`, buttons: [[button(`desk:pushes.show-${other}`, { on: 'pushes', show: other })]] });
}
