import type { About, Outcome } from '../../domain/case.ts';
import type { Level } from '../../domain/rating.ts';

/** When something happens: at a local time so many days ago, or so many minutes ago. */
export type When = { days: number; time: string } | { minutes: number };

/** What follows on a filing, each so many hours after what came before it. */
export type Next =
  | { do: 'take' | 'reply' | 'note' | 'refuse' | 'hand-back' | 'not-reached' | 'dropped'; by: string; after: number }
  | { do: 'assign'; by: string; to: string; after: number }
  | { do: 'answer'; by: string; outcome: Outcome; after: number }
  | { do: 'add' | 'solved' | 'unsure' | 'unsolved' | 'withdraw'; after: number }
  | { do: 'rate'; level: Level; after: number };

/** One case from its first word on. Its words are `demo:stories.<id>.*`. */
export interface Story {
  id: string;
  when: When;
  /** The form and its answers by step; `counter`: an officer opens it for somebody who came in. */
  door: 'report' | 'help' | 'counter';
  answers: Readonly<Record<string, string>>;
  kind?: 'problem' | 'dispute';
  about?: About;
  /** Writes English whatever the station's language. */
  english?: boolean;
  /** Whether the page is read (else answers wait), or can't be reached at all. */
  page?: 'unopened' | 'unreachable';
  course: readonly Next[];
}

type Followed = Omit<Story, 'course' | 'door' | 'answers'> & { course?: readonly Next[] };

/** So many days ago, at that local time. */
export const at = (days: number, time: string): When => ({ days, time });
/** Filed at the first door. */
export const report = (answers: Record<string, string>, { course = [], ...story }: Followed): Story => ({
  door: 'report',
  answers,
  course,
  ...story,
});
/** Filed at the second. */
export const help = (answers: Record<string, string>, { course = [], ...story }: Followed): Story => ({
  door: 'help',
  answers,
  course,
  ...story,
});
/** A problem told without a name. */
export const problem = (topic: string, story: Followed) => report({ what: 'problem', topic, identity: 'hidden' }, story);
/** A problem told with name and phone. */
export const named = (topic: string, story: Followed) => report({ what: 'problem', topic, identity: 'named' }, story);
/** A question, answered in the chat. */
export const question = (topic: string, story: Followed) => help({ kind: 'question', topic, reach: 'chat' }, story);

/** Taken, answered for now, and answered for good so many hours later. */
export const handled = (by: string, hours: number, later: number): Next[] => [
  { do: 'take', by, after: hours },
  { do: 'reply', by, after: 0.2 },
  { do: 'answer', by, outcome: 'resolved', after: later },
];
/** The resident says that it is solved, and may rate it. */
export const solved = (after: number, level?: Level): Next[] => [
  { do: 'solved', after },
  ...(level === undefined ? [] : [{ do: 'rate', level, after: 1 } as const]),
];
/** Answered with an explanation, nobody owning it. */
export const explained = (by: string, hours: number): Next[] => [
  { do: 'reply', by, after: hours },
  { do: 'answer', by, outcome: 'explained', after: 0.5 },
];
