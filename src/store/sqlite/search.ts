import type Database from 'better-sqlite3';
import type { Id } from '../../domain/chance.ts';
import { macOf } from './master-keys.ts';

const TOKEN_BYTES = 5;
const TOKENS_KEPT = 50_000;
const LETTERS = 'abcdefghijklmnopqrstuvwxyz234567';

/** What a reader typed, ready to be matched. */
export interface SearchTerms {
  /** Normalized; each must be in the text. */
  terms: readonly string[];
  match: string;
}

/**
 * FTS5 over keyed tokens: a single character, two neighbouring ones, a word of letters, a station, each as an HMAC.
 * The index finds whole words and characters without holding one, so what is sealed later leaves nothing behind to read.
 */
export class SearchIndex {
  readonly #key: Uint8Array;
  readonly #known = new Map<string, string>();
  readonly #insert: Database.Statement<[number, string]>;
  readonly #delete: Database.Statement<[number]>;
  readonly #find: Database.Statement<[string, number, number], number>;

  constructor(sqlite: Database.Database, key: Uint8Array) {
    this.#key = key;
    this.#insert = sqlite.prepare('insert into search (rowid, tokens) values (?, ?)');
    this.#delete = sqlite.prepare('delete from search where rowid = ?');
    this.#find = sqlite
      .prepare<[string, number, number], number>('select rowid from search where search match ? and rowid < ? order by rowid desc limit ?')
      .pluck();
  }

  /** Indexes what a message says under its place in the order; once a message. */
  add(seq: number, station: Id, text: string): void {
    const tokens = [this.#token('station', station), ...new Set(pieces(text).map(({ kind, piece }) => this.#token(kind, piece)))];
    this.#insert.run(seq, tokens.join(' '));
  }

  remove(seq: number): void {
    this.#delete.run(seq);
  }

  /** Places of messages that hold the pieces, newest first, before a place. */
  find(match: string, before: number, limit: number): number[] {
    return this.#find.all(match, before, limit);
  }

  /** Undefined where nothing searchable was typed. */
  terms(typed: string, stations: readonly Id[]): SearchTerms | undefined {
    const terms = normalized(typed).match(TERM) ?? [];
    if (terms.length === 0 || stations.length === 0) return undefined;
    const wanted = new Set(terms.flatMap(asked).map(({ kind, piece }) => this.#token(kind, piece)));
    const within = stations.map((station) => this.#token('station', station)).join(' OR ');
    return { terms, match: `(${within}) AND ${[...wanted].join(' AND ')}` };
  }

  #token(kind: string, piece: string): string {
    const name = `${kind}/${piece}`;
    const known = this.#known.get(name);
    if (known !== undefined) return known;
    const token = base32(macOf(this.#key, name).subarray(0, TOKEN_BYTES));
    if (this.#known.size >= TOKENS_KEPT) this.#known.clear();
    this.#known.set(name, token);
    return token;
  }
}

/** Whether a text holds every term as typed; the index knows neighbours, not whole phrases. */
export const holds = (text: string, terms: readonly string[]): boolean => {
  const within = normalized(text);
  return terms.every((term) => within.includes(term));
};

const TERM = /[\p{L}\p{N}\p{M}]+/gu;
const RUN = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]+|[\p{L}\p{N}\p{M}]/gu;
const CJK = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;

interface Piece {
  kind: 'one' | 'two' | 'word';
  piece: string;
}

const normalized = (text: string): string => text.normalize('NFKC').toLowerCase();

/** Runs of characters without spaces between words, and words of letters and digits, in order. */
function runs(text: string): string[] {
  const found: string[] = [];
  for (const term of text.match(TERM) ?? []) {
    let word = '';
    for (const run of term.match(RUN) ?? []) {
      if (!CJK.test(run)) {
        word += run;
        continue;
      }
      if (word !== '') found.push(word);
      word = '';
      found.push(run);
    }
    if (word !== '') found.push(word);
  }
  return found;
}

function pieces(text: string): Piece[] {
  return runs(normalized(text)).flatMap((run): Piece[] => {
    if (!CJK.test(run)) return [{ kind: 'word', piece: run }];
    const characters = [...run];
    return [
      ...characters.map((piece): Piece => ({ kind: 'one', piece })),
      ...characters.slice(1).map((piece, at): Piece => ({ kind: 'two', piece: `${characters[at]}${piece}` })),
    ];
  });
}

/** The fewest pieces that say the same: neighbours where there are any, else the character itself. */
function asked(term: string): Piece[] {
  return runs(term).flatMap((run): Piece[] => {
    const all = pieces(run);
    const pairs = all.filter(({ kind }) => kind === 'two');
    return pairs.length > 0 ? pairs : all;
  });
}

function base32(bytes: Uint8Array): string {
  let bits = 0n;
  for (const byte of bytes) bits = (bits << 8n) | BigInt(byte);
  let text = '';
  for (let left = bytes.length * 8; left > 0; left -= 5) {
    text = `${LETTERS[Number(bits & 31n)]}${text}`;
    bits >>= 5n;
  }
  return text;
}
