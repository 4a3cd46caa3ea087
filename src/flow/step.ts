import type { z } from 'zod';
import type { Intake } from '../domain/conversation.ts';
import type { Button, Input, Saying } from '../domain/message.ts';
import type { Around } from './effect.ts';

export type Label = Button['label'];

/** What stands answered, by step: parsed today, of branches taken only. */
export type Kept = Readonly<Record<string, unknown>>;

/** All a step may look at while it is asked, read or shown. */
export interface Scene {
  flow: string;
  step: string;
  kept: Kept;
  /** What the intake holds for this step, finished or not. */
  stored: unknown;
  intake: Intake;
  around: Around;
}

/** What a branch is decided by beside the answers before it. */
export interface Branching {
  /** What the flow was begun about. */
  subject: string | undefined;
  /** What the intake holds for the step itself. */
  stored: unknown;
  around: Around;
}

/** One of the things to choose from. */
export interface Option {
  /** Short, without a leading `@`: it rides in a button of 64 bytes. */
  value: string;
  label: Label;
  /** Stays on every screen of a long list: *something else*. */
  pinned?: boolean;
  /** A key of other words for it, parted by `|`. */
  also?: string;
  /** Shown as the likely one, or as chosen. */
  marked?: boolean;
}

/** What a step made of an input. `more`: kept, but the step stays open until *done*. */
export type Reading =
  | { is: 'answer' | 'more'; value: unknown }
  | { is: 'wrong'; key?: string; values?: Readonly<Record<string, string | number>> };

/** One question. It knows its answer's shape; its words are found by convention: `<flow>:<step>.ask`, `.help`, `.invalid`, `.line`. */
export interface Step<A = unknown> {
  readonly kind: 'text' | 'choice' | 'several' | 'photos' | 'place' | 'review';
  readonly expects: NonNullable<Saying['expects']>;
  /** The answer's shape, read again at each turn: what no longer parses is unanswered. */
  readonly answer: z.ZodType<A>;
  /** Whether an answer of that shape is one still: its option may have left the catalogue. */
  stands?(answer: A, scene: Scene): boolean;
  /** Reads words; absent where only options are understood. */
  hear?(text: string, scene: Scene): Reading;
  /** Reads the value of a tapped button; undefined where it is none of this step's. */
  pick?(value: string, scene: Scene): Reading | undefined;
  /** Reads an input that only this kind of step takes: a location. */
  take?(input: Input, scene: Scene): Reading | undefined;
  options?(scene: Scene): readonly Option[];
  /** The answer as the resident reads it again. */
  show(answer: A, scene: Scene): Label;
  /** Repeatable: answered on *done*, or once it holds so many. */
  readonly upTo?: number;
  readonly applies?: (kept: Kept, branching: Branching) => boolean;
  readonly mayBeSkipped?: (kept: Kept) => boolean;
  /** What the button that skips it says. */
  readonly skipLabel?: string;
  /** Contact details: sealed apart from the answers. */
  readonly personal?: boolean;
  /** Never among the lines: a code. */
  readonly secret?: boolean;
  /** Words that fit no question are added here. */
  readonly gathers?: boolean;
  /** Why it takes no voice: a key of what is said to one. */
  readonly unvoiced?: string;
  /** Taken whenever sent, never asked for. */
  readonly unasked?: boolean;
  /** Said when the resident arrives at the question. */
  readonly before?: (scene: Scene) => Saying | undefined;
}

export type Steps = Readonly<Record<string, Step>>;

/** What a set of steps is answered with, by name. */
export type Answers<S> = { readonly [K in keyof S]?: S[K] extends Step<infer A> ? A : never };
