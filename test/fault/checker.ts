import type { Line, MessagesView } from '../../src/channels/web/contract.ts';
import type { CaseList, CaseView } from '../../src/http/views/case.ts';
import type { Replied } from './officer.ts';
import type { Kept } from './resident.ts';

/** What became of everything that was acknowledged, as the API tells it. */
export interface Reckoning {
  acknowledged: number;
  missing: string[];
  doubled: string[];
  possiblyRepeated: number;
  cases: number;
}

type Session = { cookie: string };

/** Reads through the API only: each resident's own page, and every case by those who may see it. */
export async function reckon(
  url: string,
  { conversations, replies, readers }: { conversations: readonly Kept[]; replies: readonly Replied[]; readers: readonly Session[] },
): Promise<Reckoning> {
  const missing: string[] = [];
  const doubled: string[] = [];
  const once = (what: string, count: number) => {
    if (count === 0) missing.push(what);
    if (count > 1) doubled.push(what);
  };

  const threads = new Map<Kept, Line[]>();
  for (const kept of conversations) threads.set(kept, await thread(url, kept));
  const cases = await allCases(url, readers);

  for (const [kept, lines] of threads) {
    for (const { id, what } of kept.messages) once(`message ${id} (${what})`, lines.filter(({ clientId }) => clientId === id).length);
    for (const id of kept.photos) {
      const files = lines.filter(({ clientId }) => clientId === id).flatMap(({ media }) => media);
      once(`photo of ${id}`, await readable(url, kept, files));
    }
    for (const { id } of lines) once(`line ${id}`, lines.filter((line) => line.id === id).length);
    for (const { token, reference } of kept.filed) {
      const holding = cases.filter(({ answers }) => answers.some(({ shown }) => shown.includes(token)));
      once(`case ${reference}`, holding.length);
      if (holding.length === 1 && holding[0]?.reference !== reference) missing.push(`case ${reference}: filed as ${holding[0]?.reference}`);
    }
  }
  // The bot may quote an answer where it shows how a case stands: what the officer said is the officer's line.
  const told = [...threads.values()].flat().filter(({ from }) => from === 'officer');
  for (const { reference, token, message } of replies) {
    const found = cases.find((one) => one.reference === reference);
    once(
      `reply ${message} in its case`,
      found?.messages.filter(({ from, text }) => from === 'officer' && text.includes(token)).length ?? 0,
    );
    once(`reply ${message} on its page`, told.filter(({ text }) => text.includes(token)).length);
  }
  return {
    acknowledged: conversations.reduce((sum, { messages }) => sum + messages.length, 0) + replies.length,
    missing,
    doubled,
    possiblyRepeated: cases.flatMap(({ messages }) => messages).filter(({ delivery }) => delivery?.possiblyRepeated).length,
    cases: cases.length,
  };
}

async function thread(url: string, { cookie, peer }: Kept): Promise<Line[]> {
  const lines: Line[] = [];
  for (;;) {
    const { items, more } = await get<MessagesView>(`${url}/chat/messages?after=${lines.at(-1)?.seq ?? 0}&limit=200`, {
      cookie,
      'x-forwarded-for': peer,
    });
    lines.push(...items);
    if (!more) return lines;
  }
}

/** Every case there is, each as somebody who may read it sees it. */
export async function allCases(url: string, readers: readonly Session[]): Promise<CaseView[]> {
  const seen = new Map<string, CaseView>();
  for (const { cookie } of readers) {
    let cursor: string | undefined;
    do {
      const after: string = cursor === undefined ? '' : `&cursor=${encodeURIComponent(cursor)}`;
      const page: CaseList = await get<CaseList>(`${url}/api/v1/cases?sort=opened&limit=200${after}`, { cookie });
      for (const { reference } of page.items) {
        if (!seen.has(reference)) seen.set(reference, await get<CaseView>(`${url}/api/v1/cases/${reference}`, { cookie }));
      }
      cursor = page.nextCursor;
    } while (cursor !== undefined);
  }
  return [...seen.values()];
}

/** How many of the files can be looked at, where each must be; none counts as missing. */
async function readable(url: string, { cookie, peer }: Kept, files: Line['media']): Promise<number> {
  let count = 0;
  for (const { id } of files) {
    const response = await fetch(`${url}/chat/media/${id}`, { headers: { cookie, 'x-forwarded-for': peer } });
    const bytes = Buffer.from(await response.arrayBuffer());
    if (response.status === 200 && bytes.subarray(0, 2).toString('hex') === 'ffd8') count += 1;
  }
  return count;
}

async function get<Body>(url: string, headers: Record<string, string>): Promise<Body> {
  const response = await fetch(url, { headers });
  if (response.status !== 200) throw new Error(`${url}: ${response.status} ${await response.text()}`);
  return (await response.json()) as Body;
}
