import type { DeskForChannel, ThreadLine } from '../channel.ts';

/** Lines read to find what a page acknowledges: more than it can have missed at once. */
const ACKNOWLEDGED_PAGES = 5;

/** Lines after a place until there are so many or no more: a thread may leave out what has nothing to show. */
export async function upTo(limit: number, desk: DeskForChannel, address: string, after: number): Promise<ThreadLine[]> {
  const lines: ThreadLine[] = [];
  while (lines.length < limit) {
    const more = await desk.thread(address, lines.at(-1)?.seq ?? after, limit - lines.length);
    if (more.length === 0) break;
    lines.push(...more);
  }
  return lines;
}

/** Which of the named lines were said to this conversation: a page settles nobody else's. */
export async function ownLines(desk: DeskForChannel, address: string, ids: readonly string[], after: number): Promise<string[]> {
  const wanted = new Set(ids);
  const own: string[] = [];
  let from = after;
  for (let page = 0; page < ACKNOWLEDGED_PAGES && own.length < wanted.size; page += 1) {
    const lines = await desk.thread(address, from, 200);
    for (const { id, from: by } of lines) if (by !== 'resident' && wanted.has(id)) own.push(id);
    const last = lines.at(-1);
    if (!last) break;
    from = last.seq;
  }
  return own;
}
