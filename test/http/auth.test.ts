import { expect, test } from 'vitest';
import { weakness } from '../../src/desk/accounts/weakness.ts';
import { peerOf } from '../../src/http/auth/peer.ts';
import { csrfOf, digestOf, newToken, sameText } from '../../src/http/auth/token.ts';

test.each([
  ['short', 'short'],
  ['九个字符的密码呀呀', 'short'],
  ['my-lihua-2026', 'username'],
  ['MY-LIHUA-2026', 'username'],
  ['aaaaaaaaaaaa', 'common'],
  ['abababababab', 'common'],
  ['1234567890', 'common'],
  ['9876543210', 'common'],
  ['0123456789012', 'common'],
  ['Passw0rd2026', 'common'],
  ['青柳桥边的第七盏灯亮着', undefined],
  ['Kx7-Lotus-Bridge', undefined],
])('the password %s is %s', (password, why) => {
  expect(weakness(password, 'lihua')).toBe(why);
});

test.each([
  ['203.0.113.9', '203.0.113.9'],
  ['::ffff:203.0.113.9', '203.0.113.9'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:db8:1:2::9', '2001:db8:1:2::/64'],
  ['2001:0DB8::1', '2001:db8:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
])('tries from %s count for %s', (ip, peer) => {
  expect(peerOf(ip)).toBe(peer);
});

test('a token, what the store knows of it and what a page sends back are three different things', () => {
  const token = newToken();
  expect(Buffer.from(token, 'base64url')).toHaveLength(32);
  expect(digestOf(token)).toMatch(/^[0-9a-f]{64}$/);
  expect(csrfOf(token)).not.toBe(csrfOf(newToken()));
  expect(new Set([token, digestOf(token), csrfOf(token)]).size).toBe(3);
  expect(sameText(csrfOf(token), csrfOf(token))).toBe(true);
  expect(sameText(csrfOf(token), '')).toBe(false);
});
