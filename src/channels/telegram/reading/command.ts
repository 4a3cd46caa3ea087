import { type CommandName, commandNames, type Input } from '../../../domain/message.ts';

/** Commands that open a door, by what a link to that door carries. */
const doors: Readonly<Record<string, string>> = { report: 'report', ask: 'help', rate: 'rate', mine: 'mine', lookup: 'lookup' };
const otherNames: Readonly<Record<string, CommandName>> = { menu: 'home', person: 'human', stop: 'cancel' };

/** Commands in the menu, in the order shown; their words stand at `telegram:commands.<name>`. */
export const menu = ['report', 'ask', 'mine', 'rate', 'person', 'language', 'cancel'] as const;

/** `/start` with what its link carried, a door, or a command of the conversation; undefined for words that only look like one. */
export function commandIn(text: string): Input | undefined {
  const [, typed = '', carried = ''] = /^\/([a-z_]{1,32})(?:@\w{1,64})?(?:\s+(\S{1,64}))?\s*$/i.exec(text) ?? [];
  const name = typed.toLowerCase();
  if (name === 'start') return { type: 'start', payload: carried };
  if (name === '' || carried !== '') return undefined;
  if (Object.hasOwn(doors, name)) return { type: 'start', payload: doors[name] ?? '' };
  const command = Object.hasOwn(otherNames, name) ? otherNames[name] : commandNames.find((known) => known === name);
  return command && { type: 'command', name: command };
}
