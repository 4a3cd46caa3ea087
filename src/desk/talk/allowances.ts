import type { Input } from '../../domain/message.ts';
import { change, say, type Talk } from './talk.ts';

/** What counts against an allowance: everything a resident sends by hand; each file by itself too. */
export function count(talk: Talk, input: Input): void {
  change(talk, { do: 'count', allowance: 'messages', ...(talk.desk.allowance.messages.over && { told: true }) });
  if (input.type !== 'media') return;
  for (const _file of input.items) change(talk, { do: 'count', allowance: 'media', ...(talk.desk.allowance.media.over && { told: true }) });
}

/** Over it, what is sent is kept and answered once. True where nothing more is to be said. */
export function tooMany(talk: Talk, which: 'messages' | 'media'): boolean {
  const { over, told } = talk.desk.allowance[which];
  if (over && !told) say(talk, { key: `desk:allowance.${which}` });
  return over;
}
