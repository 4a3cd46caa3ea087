/** How often each of these is there, alike in every field. */
export function tallied<One extends object>(ones: readonly One[]): (One & { count: number })[] {
  const counts = new Map<string, One & { count: number }>();
  for (const one of ones) {
    const place = JSON.stringify(one);
    counts.set(place, { ...one, count: (counts.get(place)?.count ?? 0) + 1 });
  }
  return [...counts.values()];
}
