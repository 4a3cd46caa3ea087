import { isIPv6 } from 'node:net';

/** The part of an address that one household or phone keeps: all of IPv4, the first 64 bits of IPv6. */
export function prefixOf(ip: string): string {
  const plain = ip.replace(/^::ffff:(?=\d+\.)/i, '').replace(/%.*$/, '');
  if (!isIPv6(plain)) return plain;
  const [head = '', tail] = plain.toLowerCase().split('::');
  const before = head === '' ? [] : head.split(':');
  const after = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? [] : Array.from({ length: Math.max(0, 8 - before.length - after.length) }, () => '0');
  return [...before, ...zeros, ...after]
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':');
}

/** How many new conversations a peer may open within a window; forgets with the process. */
export function createOpenings(most: number, windowMs: number, now: () => number) {
  const opened = new Map<string, { count: number; until: number }>();
  return {
    /** Counts one; how many seconds to wait where it is one too many, else 0. */
    count(peer: string): number {
      const at = now();
      const known = opened.get(peer);
      if (!known || known.until <= at) {
        if (opened.size > 50_000) for (const [other, { until }] of opened) if (until <= at) opened.delete(other);
        opened.set(peer, { count: 1, until: at + windowMs });
        return 0;
      }
      known.count += 1;
      return known.count > most ? Math.ceil((known.until - at) / 1000) : 0;
    },
  };
}
