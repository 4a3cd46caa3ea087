/** What a button does when tapped: small enough for any channel (64 bytes). Encoded by {@link tapToText}. */
export type Tap =
  | { on: 'step'; intake: string; step: string; value: string }
  | { on: 'edit'; intake: string; step: string }
  | { on: 'home'; door: string }
  | { on: 'case'; reference: string; act: CaseTap; value?: string }
  | { on: 'command'; name: 'home' | 'back' | 'skip' | 'done' | 'cancel' | 'help' | 'human' | 'language'; intake?: string; step?: string }
  | { on: 'language'; locale: string }
  /** Whether answers in sealed cases come with their `words`, or as a `notice` that there is one. */
  | { on: 'pushes'; show: 'words' | 'notice' }
  | { on: 'invitation'; id: string };

/** What a resident can do to a case of theirs. */
export const caseTaps = ['show', 'add', 'withdraw', 'solved', 'unsure', 'unsolved'] as const;
export type CaseTap = (typeof caseTaps)[number];

const commands = ['home', 'back', 'skip', 'done', 'cancel', 'help', 'human', 'language'] as const;

/** `s:<intake>:<step>:<value>`, `e:<intake>:<step>`, `h:<door>`, `c:<reference>:<act>[:<value>]`, `k:<command>[:<intake>[:<step>]]`, `l:<locale>`, `p:<show>`, `i:<id>`. */
export function tapToText(tap: Tap): string {
  switch (tap.on) {
    case 'step':
      return `s:${tap.intake}:${tap.step}:${tap.value}`;
    case 'edit':
      return `e:${tap.intake}:${tap.step}`;
    case 'home':
      return `h:${tap.door}`;
    case 'case':
      return `c:${tap.reference}:${tap.act}${tap.value === undefined ? '' : `:${tap.value}`}`;
    case 'command':
      return `k:${[tap.name, tap.intake, tap.step].filter((part) => part !== undefined).join(':')}`;
    case 'language':
      return `l:${tap.locale}`;
    case 'pushes':
      return `p:${tap.show}`;
    case 'invitation':
      return `i:${tap.id}`;
  }
}

/** The tap a text stands for; undefined where it stands for none (hostile, or of a release that is gone). */
export function tapFromText(text: string): Tap | undefined {
  if (text.length > 200) return undefined;
  const [on, first = '', second = '', ...rest] = text.split(':');
  const value = rest.join(':');
  if (first === '') return undefined;
  if (on === 's' && second !== '') return { on: 'step', intake: first, step: second, value };
  if (on === 'e' && second !== '') return { on: 'edit', intake: first, step: second };
  if (on === 'h') return { on: 'home', door: first };
  if (on === 'l') return { on: 'language', locale: first };
  if (on === 'p' && (first === 'words' || first === 'notice')) return { on: 'pushes', show: first };
  if (on === 'i') return { on: 'invitation', id: first };
  const act = caseTaps.find((known) => known === second);
  if (on === 'c' && act) return { on: 'case', reference: first, act, ...(value !== '' && { value }) };
  const name = commands.find((known) => known === first);
  if (on === 'k' && name) return { on: 'command', name, ...(second !== '' && { intake: second }), ...(value !== '' && { step: value }) };
  return undefined;
}
