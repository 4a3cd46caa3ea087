import { SHORTEST_PASSWORD } from '../password.ts';

const COMMON = /password|passw0rd|qwerty|asdfgh|iloveyou|letmein|welcome|admin|tiexin|gongan|woaini/;

/** Why a password is too easily guessed; undefined where it will do. */
export function weakness(password: string, username: string): 'short' | 'username' | 'common' | undefined {
  const plain = password.normalize('NFKC').toLowerCase();
  if ([...plain].length < SHORTEST_PASSWORD) return 'short';
  if (plain.includes(username.toLowerCase())) return 'username';
  if (new Set(plain).size < 5 || COMMON.test(plain) || isRun(plain)) return 'common';
  return undefined;
}

/** `1234567890`, `9876543210`, `abcdefghij`: each letter next to the one before, all the way. */
function isRun(text: string): boolean {
  const codes = [...text].map((letter) => letter.codePointAt(0) ?? 0);
  const steps = new Set(codes.slice(1).map((code, at) => (code - (codes[at] ?? 0) + 10) % 10));
  return steps.size === 1;
}
