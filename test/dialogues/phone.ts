import type { CommandName } from '../../src/domain/message.ts';

/** What a resident does, whatever they do it on. */
export type Said =
  | { type: 'text'; text: string }
  | { type: 'tap'; tap: string }
  | { type: 'command'; name: CommandName }
  | { type: 'start'; payload: string }
  | { type: 'place'; latitude: number; longitude: number; label?: string };

export interface FileSent {
  bytes: Uint8Array;
  name?: string;
  mime?: string;
}

/** One saying as the resident sees it. */
export interface Heard {
  text: string;
  signature?: string;
  /** The code in it, which no two runs share. */
  secret?: string;
  buttons: readonly (readonly { label: string; tap: string }[])[];
}

/** What a resident holds in their hand: a page or a messenger, with all that was said on it. */
export interface Phone {
  opens(locale: string, start?: string): Promise<void>;
  sends(said: Said): Promise<void>;
  uploads(files: readonly FileSent[], caption: string): Promise<void>;
  /** Words that can be spoken of later: changed, or answered. */
  writes(text: string): Promise<void>;
  /** Changes the words sent last. */
  edits(text: string): Promise<void>;
  /** A photo, sent as an answer to the words sent last. */
  answersWith(photo: FileSent): Promise<void>;
  /** Something of a kind that nobody can read. */
  sendsUnreadable(): Promise<void>;
  /** By the page's own fields for it; undefined where there are none. */
  looksUp?(reference: string, code: string): Promise<void>;
  /** What has been said since it was last asked. */
  hears(): Promise<Heard[]>;
}
