import { expect, test } from 'vitest';
import { hashed, matches, oneTimePassword } from '../../src/desk/password.ts';

test('a password is kept as argon2id with 19 MiB and two passes, and only itself matches', async () => {
  const kept = await hashed('correct horse 电池');
  expect(kept).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  expect(await matches(kept, 'correct horse 电池')).toBe(true);
  expect(await matches(kept, 'correct horse')).toBe(false);
});

test('a broken hash matches nothing', async () => {
  expect(await matches('not a hash', 'anything')).toBe(false);
});

test('full width and half width are the same password', async () => {
  expect(await matches(await hashed('ＡＢＣ１２３４５６７'), 'ABC1234567')).toBe(true);
});

test('a one-time password is four groups of four letters nobody mistakes', () => {
  expect(oneTimePassword(Uint8Array.from({ length: 64 }, (_, at) => at * 3))).toMatch(/^([a-hjkmnp-tv-z2-9]{4}-){3}[a-hjkmnp-tv-z2-9]{4}$/);
  expect(oneTimePassword(new Uint8Array(64).fill(0))).toBe('aaaa-aaaa-aaaa-aaaa');
  expect(() => oneTimePassword(new Uint8Array(4))).toThrow();
});
